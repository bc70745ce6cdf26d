"""Calls, answers, stand-downs and debriefs; the hours ledger, what an hour is worth, PINs and retention."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

HARD_CALLS = ("Child death", "Several dead", "Own community", "Colleague", "Violence against the team")
SETTINGS = (("stand_down_hours", 72), ("silence_minutes", 90), ("reach_minutes", 60))


def upgrade() -> None:
    """Add the tables, the programme's settings of care, and the usual hard calls where there is a programme."""
    for name, default in SETTINGS:
        op.add_column("programme", sa.Column(name, sa.Integer(), nullable=False, server_default=str(default)))
    op.create_table(
        "hour_value",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_hour_value_cents_are_some")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_value")),
        sa.UniqueConstraint("year", "region", name=op.f("uq_hour_value_year_region")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "hard_call",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_hard_call_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hard_call")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_hard_call_programme_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "retention",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("months > 0", name=op.f("ck_retention_months_are_some")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_retention_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention")),
        sa.UniqueConstraint("programme_id", "kind", name=op.f("uq_retention_programme_id_kind")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "call",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("notified", sa.DateTime(), nullable=False),
        sa.Column("dispatched", sa.DateTime(), nullable=True),
        sa.Column("on_scene", sa.DateTime(), nullable=True),
        sa.Column("clear", sa.DateTime(), nullable=True),
        sa.Column("closed", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("heard", sa.DateTime(), nullable=True),
        sa.Column("scene", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("clergy_wanted", sa.Boolean(), nullable=False),
        sa.Column("tradition", sa.String(), nullable=False),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("clergy_on_scene", sa.DateTime(), nullable=True),
        sa.Column("served", sa.Integer(), nullable=True),
        sa.Column("adults", sa.Integer(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("referrals", sa.JSON(), nullable=False),
        sa.Column("follow_up_due", sa.Date(), nullable=True),
        sa.Column("follow_up_done", sa.Date(), nullable=True),
        sa.Column("hard", sa.String(), nullable=False),
        sa.Column("safety_issue", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('team', 'all_call')", name=op.f("ck_call_kind_is_known")),
        sa.CheckConstraint(
            "scene IN ('', 'home', 'street', 'hospital', 'station', 'other')", name=op.f("ck_call_scene_is_known")
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_call_incident_id_incident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("number", "case", name=op.f("uq_call_number_case")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_call_incident_id"), "call", ["incident_id"], unique=False)
    op.create_index(op.f("ix_call_notified"), "call", ["notified"], unique=False)
    op.create_table(
        "pin",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("hashed", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["responder_id"], ["responder.id"], name=op.f("fk_pin_responder_id_responder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin")),
        sa.UniqueConstraint("responder_id", name=op.f("uq_pin_responder_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "call_answer",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("available", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('accepted', 'declined', 'no_answer', 'wrong_number')",
            name=op.f("ck_call_answer_answer_is_known"),
        ),
        sa.CheckConstraint(
            "available IN ('', 'now', 'two_hours', 'tonight')", name=op.f("ck_call_answer_available_is_known")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_answer_call_id_call")),
        sa.ForeignKeyConstraint(["responder_id"], ["responder.id"], name=op.f("fk_call_answer_responder_id_responder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_answer")),
        sa.UniqueConstraint("call_id", "responder_id", "at", name=op.f("uq_call_answer_call_id_responder_id_at")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_call_answer_responder_id"), "call_answer", ["responder_id"], unique=False)
    op.create_table(
        "call_responder",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("departed", sa.DateTime(), nullable=True),
        sa.Column("arrived", sa.DateTime(), nullable=True),
        sa.Column("cleared", sa.DateTime(), nullable=True),
        sa.Column("home", sa.DateTime(), nullable=True),
        sa.Column("miles", sa.Double(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_responder_call_id_call")),
        sa.ForeignKeyConstraint(
            ["responder_id"], ["responder.id"], name=op.f("fk_call_responder_responder_id_responder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_responder")),
        sa.UniqueConstraint("call_id", "responder_id", name=op.f("uq_call_responder_call_id_responder_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_call_responder_responder_id"), "call_responder", ["responder_id"], unique=False)
    op.create_table(
        "debrief",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("done", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_debrief_call_id_call")),
        sa.ForeignKeyConstraint(["responder_id"], ["responder.id"], name=op.f("fk_debrief_responder_id_responder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief")),
        sa.UniqueConstraint("call_id", "responder_id", name=op.f("uq_debrief_call_id_responder_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_debrief_responder_id"), "debrief", ["responder_id"], unique=False)
    op.create_table(
        "hours_entry",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=True),
        sa.Column("end", sa.DateTime(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('response', 'travel', 'training_given', 'training_received', 'meeting', 'event', 'office', "
            "'follow_up')",
            name=op.f("ck_hours_entry_kind_is_known"),
        ),
        sa.CheckConstraint("state IN ('logged', 'approved')", name=op.f("ck_hours_entry_state_is_known")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_hours_entry_minutes_are_some")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_hours_entry_call_id_call")),
        sa.ForeignKeyConstraint(["responder_id"], ["responder.id"], name=op.f("fk_hours_entry_responder_id_responder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_hours_entry_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_hours_entry_call_id"), "hours_entry", ["call_id"], unique=False)
    op.create_index(op.f("ix_hours_entry_date"), "hours_entry", ["date"], unique=False)
    op.create_index(op.f("ix_hours_entry_responder_id"), "hours_entry", ["responder_id"], unique=False)
    op.create_table(
        "stand_down",
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("end", sa.DateTime(), nullable=False),
        sa.Column("lifted", sa.DateTime(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_stand_down_ends_after_start")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_stand_down_call_id_call")),
        sa.ForeignKeyConstraint(["responder_id"], ["responder.id"], name=op.f("fk_stand_down_responder_id_responder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_down")),
        sa.UniqueConstraint("call_id", "responder_id", name=op.f("uq_stand_down_call_id_responder_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stand_down_responder_id"), "stand_down", ["responder_id"], unique=False)
    programmes = op.get_bind().execute(sa.text("SELECT id FROM programme")).scalars().all()
    hard = sa.table("hard_call", sa.column("programme_id", sa.Integer()), sa.column("name", sa.String()))
    op.bulk_insert(hard, [{"programme_id": number, "name": name} for number in programmes for name in HARD_CALLS])
