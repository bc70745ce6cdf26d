"""The first schema: programme, people, availability, incidents, roster, journal, calendars sent."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of the first version."""
    op.create_table(
        "calendar_event",
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("responder_code", sa.String(), nullable=False),
        sa.Column("shift_key", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("end", sa.DateTime(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_event")),
        sa.UniqueConstraint(
            "calendar",
            "shift_key",
            "responder_code",
            name=op.f("uq_calendar_event_calendar_shift_key_responder_code"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_calendar_event_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_calendar_event_end"), "calendar_event", ["end"], unique=False)
    op.create_table(
        "calendar_sent",
        sa.Column("responder_code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_sent")),
        sa.UniqueConstraint("responder_code", name=op.f("uq_calendar_sent_responder_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal_act",
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("final", sa.String(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('act', 'undo', 'redo')", name=op.f("ck_journal_act_kind_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_act")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_act_who"), "journal_act", ["who"], unique=False)
    op.create_table(
        "programme",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("preset", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("subdivision", sa.String(), nullable=False),
        sa.Column("answer_chance", sa.Double(), nullable=False),
        sa.Column("service_minutes", sa.Double(), nullable=False),
        sa.Column("missed_points", sa.Double(), nullable=False),
        sa.Column("late_points", sa.Double(), nullable=False),
        sa.Column("yearly_calls", sa.Double(), nullable=False),
        sa.Column("show_partner", sa.Boolean(), nullable=False),
        sa.Column("report_to", sa.String(), nullable=False),
        sa.Column("alarm_minutes", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer_chance > 0 AND answer_chance <= 1", name=op.f("ck_programme_answer_chance_is_a_chance")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("name", name=op.f("uq_programme_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "area",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_area_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_area_programme_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "credential_kind",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("blocking", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_credential_kind_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_kind")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_credential_kind_programme_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal_rows",
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("images", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["journal_act.id"], name=op.f("fk_journal_rows_act_id_journal_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_rows")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_rows_act_id"), "journal_rows", ["act_id"], unique=False)
    op.create_table(
        "responder_group",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("floor_minutes", sa.Integer(), nullable=False),
        sa.Column("target_minutes", sa.Integer(), nullable=False),
        sa.Column("ceiling_minutes", sa.Integer(), nullable=False),
        sa.Column("rest_minutes", sa.Integer(), nullable=False),
        sa.Column("nights_in_a_row", sa.Integer(), nullable=False),
        sa.Column("weekends", sa.Integer(), nullable=False),
        sa.Column("most_per_tier", sa.Integer(), nullable=False),
        sa.Column("experienced_after_days", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("floor_minutes <= ceiling_minutes", name=op.f("ck_responder_group_floor_under_ceiling")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_responder_group_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responder_group")),
        sa.UniqueConstraint("programme_id", "kind", name=op.f("uq_responder_group_programme_id_kind")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "roster",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_roster_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("programme_id", "month", name=op.f("uq_roster_programme_id_month")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rule_setting",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_rule_setting_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_setting")),
        sa.UniqueConstraint("programme_id", "rule", name=op.f("uq_rule_setting_programme_id_rule")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "shift_template",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("night", sa.Boolean(), nullable=False),
        sa.Column("by_area", sa.Boolean(), nullable=False),
        sa.Column("city_wide", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name=op.f("ck_shift_template_weekdays_is_a_mask")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_shift_template_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_template")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_shift_template_programme_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "wanted_language",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("each_area", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_wanted_language_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wanted_language")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_wanted_language_programme_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "area_neighbour",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("neighbour_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("area_id <> neighbour_id", name=op.f("ck_area_neighbour_not_its_own_neighbour")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_neighbour_area_id_area")),
        sa.ForeignKeyConstraint(["neighbour_id"], ["area.id"], name=op.f("fk_area_neighbour_neighbour_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_neighbour")),
        sa.UniqueConstraint("area_id", "neighbour_id", name=op.f("uq_area_neighbour_area_id_neighbour_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "division",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_division_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division")),
        sa.UniqueConstraint("name", name=op.f("uq_division_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "published_version",
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_published_version_roster_id_roster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_version")),
        sa.UniqueConstraint("roster_id", "version", name=op.f("uq_published_version_roster_id_version")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "seat",
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("city_wide", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("accepts", sa.JSON(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("per_team", sa.Boolean(), nullable=False),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("escort", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("minimum <= target", name=op.f("ck_seat_minimum_within_target")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["shift_template.id"], name=op.f("fk_seat_template_id_shift_template")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint(
            "template_id", "city_wide", "role", "tier", name=op.f("uq_seat_template_id_city_wide_role_tier")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "shift",
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("end", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_shift_ends_after_start")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_shift_area_id_area")),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_shift_roster_id_roster")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["shift_template.id"], name=op.f("fk_shift_template_id_shift_template")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint("key", name=op.f("uq_shift_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_shift_date"), "shift", ["date"], unique=False)
    op.create_table(
        "incident",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_incident_area_id_area")),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_incident_division_id_division")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("key", name=op.f("uq_incident_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_incident_at"), "incident", ["at"], unique=False)
    op.create_table(
        "responder",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_until", sa.Date(), nullable=True),
        sa.Column("joined", sa.Date(), nullable=True),
        sa.Column("home_division_id", sa.Integer(), nullable=True),
        sa.Column("home_area_id", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("traditions", sa.JSON(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("target_minutes", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('volunteer', 'clergy')", name=op.f("ck_responder_kind_is_known")),
        sa.CheckConstraint("role IN ('lead', 'responder', 'trainee')", name=op.f("ck_responder_role_is_known")),
        sa.CheckConstraint("status IN ('active', 'leave', 'inactive')", name=op.f("ck_responder_status_is_known")),
        sa.ForeignKeyConstraint(["home_area_id"], ["area.id"], name=op.f("fk_responder_home_area_id_area")),
        sa.ForeignKeyConstraint(
            ["home_division_id"], ["division.id"], name=op.f("fk_responder_home_division_id_division")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responder")),
        sa.UniqueConstraint("code", name=op.f("uq_responder_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "assignment",
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'told', 'confirmed', 'done')", name=op.f("ck_assignment_state_is_known")
        ),
        sa.ForeignKeyConstraint(["responder_id"], ["responder.id"], name=op.f("fk_assignment_responder_id_responder")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_assignment_shift_id_shift")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("shift_id", "responder_id", name=op.f("uq_assignment_shift_id_responder_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_assignment_responder_id"), "assignment", ["responder_id"], unique=False)
    op.create_table(
        "availability",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "grade IN ('cannot', 'rather_not', 'prefers', 'wants')",
            name=op.f("ck_availability_grade_is_known"),
        ),
        sa.CheckConstraint(
            "first IS NULL OR last IS NULL OR first <= last", name=op.f("ck_availability_first_before_last")
        ),
        sa.ForeignKeyConstraint(
            ["responder_id"], ["responder.id"], name=op.f("fk_availability_responder_id_responder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_availability_responder_id"), "availability", ["responder_id"], unique=False)
    op.create_table(
        "credential",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["credential_kind.id"], name=op.f("fk_credential_kind_id_credential_kind")
        ),
        sa.ForeignKeyConstraint(["responder_id"], ["responder.id"], name=op.f("fk_credential_responder_id_responder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("responder_id", "kind_id", name=op.f("uq_credential_responder_id_kind_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "partner",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("grade IN ('prefers', 'avoids')", name=op.f("ck_partner_grade_is_known")),
        sa.ForeignKeyConstraint(["other_id"], ["responder.id"], name=op.f("fk_partner_other_id_responder")),
        sa.ForeignKeyConstraint(["responder_id"], ["responder.id"], name=op.f("fk_partner_responder_id_responder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("responder_id", "other_id", name=op.f("uq_partner_responder_id_other_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "responder_area",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_responder_area_area_id_area")),
        sa.ForeignKeyConstraint(
            ["responder_id"], ["responder.id"], name=op.f("fk_responder_area_responder_id_responder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responder_area")),
        sa.UniqueConstraint("responder_id", "area_id", name=op.f("uq_responder_area_responder_id_area_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "wish",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "grade IN ('cannot', 'rather_not', 'prefers', 'wants')", name=op.f("ck_wish_grade_is_known")
        ),
        sa.ForeignKeyConstraint(["responder_id"], ["responder.id"], name=op.f("fk_wish_responder_id_responder")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["shift_template.id"], name=op.f("fk_wish_template_id_shift_template")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("responder_id", "template_id", "date", name=op.f("uq_wish_responder_id_template_id_date")),
        sqlite_autoincrement=True,
    )
