"""The fifteen faults that were found by trying, each with the drills and tests that would have found it."""

from __future__ import annotations

from dataclasses import dataclass

CORE, UI = "tests/crt_scheduler", "tests/ui"


@dataclass(frozen=True)
class Found:
    """One fault: its number, what went wrong, the drills that hold its kind, and tests as pytest names them."""

    number: int
    words: str
    drills: tuple[str, ...]
    tests: tuple[str, ...]


FAULTS: tuple[Found, ...] = (
    Found(
        1,
        "The window lost its lock when a file dialog, a drop or a check of its own opened and closed the records.",
        ("a lock held, window open",),
        (
            f"{UI}/test_locks.py::test_a_file_dialog_lists_the_records_folder_and_looks_into_no_file",
            f"{UI}/test_locks.py::test_every_file_dialog_of_the_window_is_made_in_one_place",
            f"{UI}/test_locks.py::test_every_view_and_panel_leaves_the_locks_alone",
            f"{UI}/test_locks.py::test_every_act_that_asks_for_a_file_keeps_the_locks",
            f"{UI}/test_locks.py::test_another_team_file_and_a_list_dropped_anywhere_leave_the_locks_alone",
            f"{UI}/test_locks.py::test_another_program_finds_the_log_in_place_after_a_file_dialog",
            f"{CORE}/test_standing.py::test_open_records_keep_their_lock_through_every_act_of_the_store",
        ),
    ),
    Found(
        2,
        "Acts were done in a file that a sync program had replaced, and another copy's -wal was taken for its own.",
        ("file changed under a command", "file changed under the window", "another team's -wal", "the -wal removed"),
        (
            f"{CORE}/test_standing.py::test_records_whose_file_strays_refuse_every_act_and_keep_what_was_open",
            f"{CORE}/test_standing.py::test_another_files_log_is_put_aside_and_nothing_of_it_is_read",
            f"{CORE}/test_standing.py::test_a_log_that_the_disk_does_not_let_be_read_stays_with_its_records",
            f"{CORE}/test_standing.py::test_a_log_that_was_taken_away_is_told_when_the_records_are_opened",
            f"{UI}/test_desk.py::test_records_that_are_removed_are_said_once_and_never_written_to",
        ),
    ),
    Found(
        3,
        "A publication was in the ledger before its files stood, and a new version deleted unsent drafts of the old.",
        ("kill at random", "kill at a call", "power cut", "disk full from a call", "disk full (tmpfs)"),
        (
            f"{CORE}/publish/test_publish_placing.py::"
            "test_killed_at_any_step_the_next_start_ends_with_a_folder_that_says_what_the_ledger_says",
            f"{CORE}/publish/test_publish_placing.py::test_a_disk_that_refuses_from_any_step_on_is_a_sentence_and_heals",
            f"{CORE}/publish/test_publish_placing.py::test_drafts_and_duty_sheets_of_older_versions_stay_and_are_told",
        ),
    ),
    Found(
        4,
        "A command that writes a file wrote a calendar over the records.",
        (),
        (
            f"{CORE}/cli/test_commands_that_write.py::test_every_command_that_writes_files_is_tried_here_and_takes_force",
            f"{CORE}/cli/test_commands_that_write.py::"
            "test_a_command_that_writes_a_file_never_replaces_records_folders_or_devices",
            f"{CORE}/cli/test_commands_that_write.py::"
            "test_a_command_that_writes_a_file_replaces_its_own_and_others_only_by_force",
            f"{CORE}/test_writing.py::test_records_are_never_replaced_whatever_they_are_called",
        ),
    ),
    Found(
        5,
        "A name with ?, % or # led to another file, and the backup of it was empty.",
        (),
        (f"{CORE}/backups/test_backups.py::test_records_land_in_the_file_that_was_named_and_their_backup_holds_them",),
    ),
    Found(
        6,
        "The remedy that was printed restored another team's backup, and backups of some names were not found.",
        (),
        (
            f"{CORE}/backups/test_backups.py::test_only_backups_of_these_records_are_offered_whatever_they_are_called",
            f"{CORE}/backups/test_backups.py::test_the_backup_of_another_team_is_restored_only_by_force",
        ),
    ),
    Found(
        7,
        "Somebody else's file was renamed as a damaged one of ours.",
        ("foreign file",),
        (
            f"{CORE}/test_store.py::test_a_file_that_never_was_ours_stays_where_it_is",
            f"{CORE}/test_store.py::test_a_folder_and_a_file_of_another_kind_are_left_where_they_are",
            f"{CORE}/backups/test_backups.py::test_somebody_elses_file_is_never_replaced_by_a_restore",
        ),
    ),
    Found(
        8,
        "Flipped bits were not seen, and a garbled journal was answered with “Undone”.",
        ("one flipped bit",),
        (
            f"{CORE}/test_lineage.py::test_one_flipped_bit_in_what_an_act_kept_is_told_and_never_undone",
            f"{CORE}/test_lineage.py::test_an_act_whose_images_are_missing_is_not_undone",
            f"{CORE}/test_lineage.py::test_a_value_that_changed_without_an_act_is_found",
            f"{CORE}/test_lineage.py::test_a_value_that_makes_no_sense_any_more_is_damage_wherever_it_is_read",
            f"{CORE}/test_lineage.py::test_a_letter_that_changed_in_a_rule_of_a_table_is_found",
            f"{CORE}/backups/test_backups.py::test_a_backup_of_damaged_records_is_refused_and_older_ones_stay",
        ),
    ),
    Found(
        9,
        "Small workbooks filled the memory, pipes and devices were read for ever, and names were let in that deceive.",
        (),
        (
            f"{CORE}/test_reading.py::test_a_small_file_that_would_fill_the_machine_is_refused_or_read_at_once",
            f"{CORE}/test_reading.py::test_a_row_numbered_beyond_all_rows_is_refused_and_the_remedy_named",
            f"{CORE}/test_reading.py::test_no_bomb_of_xml_is_unfolded_and_no_file_of_this_machine_read_through_it",
            f"{CORE}/test_reading.py::test_a_pipe_nobody_writes_to_is_refused_without_waiting",
            f"{CORE}/test_reading.py::test_every_reader_reads_or_refuses_what_is_spoilt",
            f"{CORE}/test_texts.py::test_every_door_for_typed_words_refuses_what_deceives_and_keeps_nothing",
        ),
    ),
    Found(
        10,
        "Files with names and phone numbers could be read by everyone, and copies outlived a purge.",
        ("kill at random", "kill at a call"),
        (
            f"{CORE}/backups/test_backups.py::test_records_backups_and_their_folders_are_their_owners_alone",
            f"{CORE}/publish/test_publish_placing.py::test_everything_that_goes_out_is_for_its_owner_only",
            f"{CORE}/test_writing.py::test_a_file_and_the_folders_made_for_it_are_for_their_owner_only",
            f"{CORE}/privacy/test_privacy.py::test_copies_set_aside_and_half_made_backups_go_too_and_files_elsewhere_are_named",
        ),
    ),
    Found(
        11,
        "Full disks, rights, far dates and long names ended as a fault of ours, and some records could not be read.",
        (
            "disk full from a call",
            "one call fails",
            "read-only from a call",
            "disk full (tmpfs)",
            "records of another user",
        ),
        (
            f"{CORE}/test_read_only.py::test_records_in_a_folder_that_cannot_be_written_are_read",
            f"{CORE}/test_read_only.py::test_a_damaged_file_in_a_folder_that_cannot_be_written_stays_and_is_told",
            f"{CORE}/cli/test_hostile_words.py::test_every_command_answers_hostile_words_with_a_sentence",
            f"{CORE}/cli/test_hostile_words.py::test_no_clock_is_too_far_off_for_a_sentence",
            f"{CORE}/cli/test_hostile_words.py::"
            "test_a_month_at_the_end_of_time_is_refused_and_one_at_the_end_of_the_range_is_answered",
            f"{UI}/test_recall.py::test_a_settings_file_that_is_cut_or_garbled_gives_the_usual_values",
        ),
    ),
    Found(
        12,
        "“Stop, keep best” lost the plan when the solver did not answer.",
        (),
        (
            f"{UI}/solve/test_solve.py::test_stop_keeps_the_best_plan_and_apply_is_one_step_to_undo",
            f"{UI}/solve/test_solve.py::test_stop_ends_with_the_best_plan_although_the_solver_is_frozen",
            f"{UI}/solve/test_solve.py::test_stop_ends_with_the_best_plan_although_the_solver_listens_to_nobody",
            f"{CORE}/test_heard.py::test_ctrl_c_ends_with_the_best_roster_although_the_solver_ignores_it",
        ),
    ),
    Found(
        13,
        "A solve in mid-month changed shifts that were over, and letters announced them.",
        (),
        (
            f"{CORE}/test_past.py::test_a_solve_in_mid_month_leaves_every_shift_that_has_begun_as_it_is",
            f"{CORE}/test_past.py::test_open_seats_of_shifts_that_have_begun_are_neither_listed_nor_counted",
            f"{CORE}/test_past.py::test_nothing_that_has_begun_is_to_be_mended_and_check_tells_it_apart",
            f"{CORE}/test_past.py::test_letters_announce_no_shift_that_has_ended_though_calendars_carry_it",
            "tests/solver/test_history.py::test_nobody_joins_or_leaves_what_has_begun_even_where_locks_have_a_price",
        ),
    ),
    Found(
        14,
        "Connections were left open, so that the tests failed on a newer Python.",
        (),
        (
            "tests/test_opened.py::"
            "test_a_connection_left_open_is_named_by_its_file_whichever_thread_made_it_and_a_closed_one_is_not",
            "tests/test_opened.py::test_the_stores_a_test_opened_are_closed_for_it",
        ),
    ),
    Found(
        15,
        "Tests failed on a busy machine.",
        (),
        ("tests/drills/test_faults.py::test_no_test_waits_for_a_fixed_time_or_gives_up_soon",),
    ),
)
