using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Homeward.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "agreement_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    countries = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agreement_versions", x => new { x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "alert_decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    alert_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alert_keys",
                columns: table => new
                {
                    sender = table.Column<string>(type: "text", nullable: false),
                    identifier = table.Column<string>(type: "text", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    alert_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_keys", x => new { x.sender, x.identifier, x.sent_at, x.status, x.ordinal });
                });

            migrationBuilder.CreateTable(
                name: "alert_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    alert_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sender = table.Column<string>(type: "text", nullable: false),
                    identifier = table.Column<string>(type: "text", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    refers_to = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alert_plates",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    plate = table.Column<string>(type: "text", nullable: false),
                    alert_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_plates", x => new { x.message_id, x.plate });
                });

            migrationBuilder.CreateTable(
                name: "alerts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    first_sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    newest = table.Column<Guid>(type: "uuid", nullable: false),
                    is_cancelled = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    verdict = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    cancel_decided = table.Column<Guid>(type: "uuid", nullable: true),
                    part_of = table.Column<Guid>(type: "uuid", nullable: true),
                    is_waiting = table.Column<bool>(type: "boolean", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alerts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_alert_decisions_alert_id",
                table: "alert_decisions",
                column: "alert_id");

            migrationBuilder.CreateIndex(
                name: "IX_alert_keys_alert_id",
                table: "alert_keys",
                column: "alert_id");

            migrationBuilder.CreateIndex(
                name: "IX_alert_messages_alert_id",
                table: "alert_messages",
                column: "alert_id");

            migrationBuilder.CreateIndex(
                name: "IX_alert_messages_sender_identifier_sent_at",
                table: "alert_messages",
                columns: new[] { "sender", "identifier", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "IX_alert_plates_alert_id",
                table: "alert_plates",
                column: "alert_id");

            migrationBuilder.CreateIndex(
                name: "IX_alert_plates_plate",
                table: "alert_plates",
                column: "plate");

            migrationBuilder.CreateIndex(
                name: "IX_alerts_entry_id",
                table: "alerts",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "IX_alerts_is_waiting_sent_at",
                table: "alerts",
                columns: new[] { "is_waiting", "sent_at" });

            migrationBuilder.CreateTable(
                name: "advocate_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_advocate_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "advocate_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    file = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_advocate_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "agencies",
                columns: table => new
                {
                    ori = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    county_fips = table.Column<string>(type: "text", nullable: true),
                    invented = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agencies", x => x.ori);
                });

            migrationBuilder.CreateTable(
                name: "agency_told",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agency_told", x => new { x.entry_id, x.ordinal });
                });

            migrationBuilder.CreateTable(
                name: "announcements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    initiative = table.Column<Guid>(type: "uuid", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    snapshot = table.Column<Guid>(type: "uuid", nullable: false),
                    small_cells = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    author = table.Column<Guid>(type: "uuid", nullable: false),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    approver = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    embargo_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    corrects = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_announcements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "arrivals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_by = table.Column<Guid>(type: "uuid", nullable: false),
                    reports = table.Column<int>(type: "integer", nullable: false),
                    files = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_arrivals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_checkpoints",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    real_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    heads = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    signature = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_checkpoints", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    chain = table.Column<string>(type: "text", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    real_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    agency = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    subject_type = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    codes = table.Column<string>(type: "text", nullable: false),
                    previous = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entries", x => new { x.chain, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "back_tests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    initiative = table.Column<Guid>(type: "uuid", nullable: false),
                    initiative_name = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    in_force = table.Column<string>(type: "text", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    read = table.Column<int>(type: "integer", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    result = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_back_tests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_consents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan = table.Column<Guid>(type: "uuid", nullable: false),
                    terms = table.Column<byte[]>(type: "bytea", nullable: false),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_consents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_needs",
                columns: table => new
                {
                    finding = table.Column<Guid>(type: "uuid", nullable: false),
                    victim = table.Column<Guid>(type: "uuid", nullable: false),
                    is_child = table.Column<bool>(type: "boolean", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    plan = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_needs", x => x.finding);
                });

            migrationBuilder.CreateTable(
                name: "care_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_offers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan = table.Column<Guid>(type: "uuid", nullable: false),
                    services = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    answer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_offers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_plans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    finding = table.Column<Guid>(type: "uuid", nullable: false),
                    victim = table.Column<Guid>(type: "uuid", nullable: false),
                    is_child = table.Column<bool>(type: "boolean", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    safety_plan = table.Column<byte[]>(type: "bytea", nullable: true),
                    answer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_plans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<Guid>(type: "uuid", nullable: false),
                    report = table.Column<Guid>(type: "uuid", nullable: true),
                    lead = table.Column<Guid>(type: "uuid", nullable: true),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    corrects = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    words = table.Column<byte[]>(type: "bytea", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    report = table.Column<Guid>(type: "uuid", nullable: true),
                    lead = table.Column<Guid>(type: "uuid", nullable: true),
                    request = table.Column<Guid>(type: "uuid", nullable: true),
                    what = table.Column<byte[]>(type: "bytea", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    given_by = table.Column<Guid>(type: "uuid", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_words = table.Column<byte[]>(type: "bytea", nullable: true),
                    told_late = table.Column<bool>(type: "boolean", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "clearing_messages",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    nic = table.Column<string>(type: "text", nullable: false),
                    to_agency = table.Column<string>(type: "text", nullable: false),
                    to_ncmec_case = table.Column<string>(type: "text", nullable: true),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    told_instead = table.Column<bool>(type: "boolean", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clearing_messages", x => new { x.entry_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "count_snapshots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    initiative = table.Column<Guid>(type: "uuid", nullable: false),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    frozen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    document = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_count_snapshots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deconfliction_cells",
                columns: table => new
                {
                    key = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<Guid>(name: "event", type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deconfliction_cells", x => new { x.key, x.@event });
                });

            migrationBuilder.CreateTable(
                name: "deconfliction_conflicts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    one = table.Column<Guid>(type: "uuid", nullable: false),
                    one_version = table.Column<int>(type: "integer", nullable: false),
                    other = table.Column<Guid>(type: "uuid", nullable: false),
                    other_version = table.Column<int>(type: "integer", nullable: false),
                    by_place = table.Column<bool>(type: "boolean", nullable: false),
                    by_subject = table.Column<bool>(type: "boolean", nullable: false),
                    distance_km = table.Column<double>(type: "double precision", nullable: true),
                    overlap_minutes = table.Column<double>(type: "double precision", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    found_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    released_by = table.Column<Guid>(type: "uuid", nullable: true),
                    released_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    one_agreed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    one_agreed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    other_agreed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    other_agreed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    agreement = table.Column<byte[]>(type: "bytea", nullable: true),
                    overridden_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deconfliction_conflicts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deconfliction_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    operation = table.Column<Guid>(type: "uuid", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    contact = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: false),
                    radius_km = table.Column<double>(type: "double precision", nullable: false),
                    margin_minutes = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    withdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    check_owed = table.Column<bool>(type: "boolean", nullable: false),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    system = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    regional_number = table.Column<string>(type: "text", nullable: true),
                    regional_answer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    regional_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deconfliction_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deconfliction_subjects",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    @event = table.Column<Guid>(name: "event", type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deconfliction_subjects", x => new { x.key, x.@event });
                });

            migrationBuilder.CreateTable(
                name: "disseminations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    referral = table.Column<Guid>(type: "uuid", nullable: false),
                    lead = table.Column<Guid>(type: "uuid", nullable: false),
                    lead_version = table.Column<int>(type: "integer", nullable: false),
                    to_office = table.Column<string>(type: "text", nullable: true),
                    to_task_force = table.Column<string>(type: "text", nullable: true),
                    fields = table.Column<string>(type: "text", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    legal_basis = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    package = table.Column<byte[]>(type: "bytea", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_disseminations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "door_messages",
                columns: table => new
                {
                    door_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    came_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    original = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_door_messages", x => new { x.door_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "doors",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    about = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    imminent_claimed = table.Column<bool>(type: "boolean", nullable: false),
                    caller_named = table.Column<bool>(type: "boolean", nullable: false),
                    sender_ori = table.Column<string>(type: "text", nullable: true),
                    given = table.Column<string>(type: "text", nullable: false),
                    family = table.Column<string>(type: "text", nullable: false),
                    born = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    age = table.Column<int>(type: "integer", nullable: true),
                    sex = table.Column<string>(type: "text", nullable: true),
                    street = table.Column<string>(type: "text", nullable: true),
                    city = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: true),
                    zip = table.Column<string>(type: "text", nullable: true),
                    county_fips = table.Column<string>(type: "text", nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    claim = table.Column<byte[]>(type: "bytea", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_doors", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "duties",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    subject_type = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owed_by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    met_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    grade = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    proof = table.Column<byte[]>(type: "bytea", nullable: true),
                    proved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    escalations = table.Column<int>(type: "integer", nullable: false),
                    escalated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duties", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    nic = table.Column<string>(type: "text", nullable: false),
                    record = table.Column<Guid>(type: "uuid", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    first_received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    found_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ncmec_case = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    case_type = table.Column<string>(type: "text", nullable: true),
                    names = table.Column<string>(type: "text", nullable: false),
                    born = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    age_text = table.Column<string>(type: "text", nullable: true),
                    sex = table.Column<string>(type: "text", nullable: true),
                    race = table.Column<string>(type: "text", nullable: true),
                    eyes = table.Column<string>(type: "text", nullable: true),
                    hair = table.Column<string>(type: "text", nullable: true),
                    photo_taken = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    dental = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    medical = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    height_in_min = table.Column<int>(type: "integer", nullable: true),
                    height_in_max = table.Column<int>(type: "integer", nullable: true),
                    weight_lb_min = table.Column<int>(type: "integer", nullable: true),
                    weight_lb_max = table.Column<int>(type: "integer", nullable: true),
                    marks = table.Column<string>(type: "text", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_seen_city = table.Column<string>(type: "text", nullable: true),
                    last_seen_state = table.Column<string>(type: "text", nullable: true),
                    last_seen_zip = table.Column<string>(type: "text", nullable: true),
                    last_seen_county_fips = table.Column<string>(type: "text", nullable: true),
                    custody = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    phones = table.Column<string>(type: "text", nullable: false),
                    emails = table.Column<string>(type: "text", nullable: false),
                    screen_names = table.Column<string>(type: "text", nullable: false),
                    vehicles = table.Column<string>(type: "text", nullable: false),
                    at_risk = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    indicators = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "entry_messages",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    silent = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    original = table.Column<byte[]>(type: "bytea", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ncmec_case = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    case_type = table.Column<string>(type: "text", nullable: true),
                    names = table.Column<string>(type: "text", nullable: false),
                    born = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    age_text = table.Column<string>(type: "text", nullable: true),
                    sex = table.Column<string>(type: "text", nullable: true),
                    race = table.Column<string>(type: "text", nullable: true),
                    eyes = table.Column<string>(type: "text", nullable: true),
                    hair = table.Column<string>(type: "text", nullable: true),
                    photo_taken = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    dental = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    medical = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    height_in_min = table.Column<int>(type: "integer", nullable: true),
                    height_in_max = table.Column<int>(type: "integer", nullable: true),
                    weight_lb_min = table.Column<int>(type: "integer", nullable: true),
                    weight_lb_max = table.Column<int>(type: "integer", nullable: true),
                    marks = table.Column<string>(type: "text", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_seen_city = table.Column<string>(type: "text", nullable: true),
                    last_seen_state = table.Column<string>(type: "text", nullable: true),
                    last_seen_zip = table.Column<string>(type: "text", nullable: true),
                    last_seen_county_fips = table.Column<string>(type: "text", nullable: true),
                    custody = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    phones = table.Column<string>(type: "text", nullable: false),
                    emails = table.Column<string>(type: "text", nullable: false),
                    screen_names = table.Column<string>(type: "text", nullable: false),
                    vehicles = table.Column<string>(type: "text", nullable: false),
                    at_risk = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    indicators = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entry_messages", x => new { x.entry_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "entry_plates",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    plate = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entry_plates", x => new { x.entry_id, x.version, x.plate });
                });

            migrationBuilder.CreateTable(
                name: "file_details",
                columns: table => new
                {
                    file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    turn = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    request_id = table.Column<string>(type: "text", nullable: false),
                    remote = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_file_details", x => new { x.file_id, x.turn });
                });

            migrationBuilder.CreateTable(
                name: "hand_over_reports",
                columns: table => new
                {
                    hand_over = table.Column<Guid>(type: "uuid", nullable: false),
                    report = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    was_parked = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hand_over_reports", x => new { x.hand_over, x.report });
                });

            migrationBuilder.CreateTable(
                name: "hand_over_work",
                columns: table => new
                {
                    hand_over = table.Column<Guid>(type: "uuid", nullable: false),
                    work = table.Column<Guid>(type: "uuid", nullable: false),
                    is_task = table.Column<bool>(type: "boolean", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    link = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hand_over_work", x => new { x.hand_over, x.work });
                });

            migrationBuilder.CreateTable(
                name: "hand_overs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    giver = table.Column<Guid>(type: "uuid", nullable: false),
                    taker = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hand_overs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "house_marks",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_house_marks", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "identity_decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    left = table.Column<Guid>(type: "uuid", nullable: false),
                    right = table.Column<Guid>(type: "uuid", nullable: false),
                    judgement = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason = table.Column<byte[]>(type: "bytea", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_proposals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    left = table.Column<Guid>(type: "uuid", nullable: false),
                    right = table.Column<Guid>(type: "uuid", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    weight = table.Column<double>(type: "double precision", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "initiatives",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    name_key = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    after = table.Column<string>(type: "text", nullable: true),
                    programme = table.Column<string>(type: "text", nullable: true),
                    file = table.Column<string>(type: "text", nullable: false),
                    exercise = table.Column<bool>(type: "boolean", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_by = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_initiatives", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intake_batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_on = table.Column<string>(type: "text", nullable: false),
                    @new = table.Column<int>(name: "new", type: "integer", nullable: false),
                    versions = table.Column<int>(type: "integer", nullable: false),
                    repeats = table.Column<int>(type: "integer", nullable: false),
                    rejected = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lead_counters",
                columns: table => new
                {
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lead_counters", x => x.year);
                });

            migrationBuilder.CreateTable(
                name: "lead_evidence",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    lead = table.Column<Guid>(type: "uuid", nullable: false),
                    match = table.Column<Guid>(type: "uuid", nullable: true),
                    report = table.Column<Guid>(type: "uuid", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    report_version = table.Column<int>(type: "integer", nullable: true),
                    path = table.Column<string>(type: "text", nullable: true),
                    added_by = table.Column<Guid>(type: "uuid", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lead_version = table.Column<int>(type: "integer", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lead_evidence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "leads",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    child = table.Column<Guid>(type: "uuid", nullable: true),
                    entry = table.Column<Guid>(type: "uuid", nullable: true),
                    nic = table.Column<string>(type: "text", nullable: true),
                    door = table.Column<Guid>(type: "uuid", nullable: true),
                    places = table.Column<string>(type: "text", nullable: false),
                    risk = table.Column<double>(type: "double precision", nullable: false),
                    risk_reasons = table.Column<string>(type: "text", nullable: false),
                    via_review = table.Column<bool>(type: "boolean", nullable: false),
                    imminent = table.Column<bool>(type: "boolean", nullable: false),
                    current_abuse = table.Column<bool>(type: "boolean", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    raised_by = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_leads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "legal_request_steps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    detail = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_legal_request_steps", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "legal_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<Guid>(type: "uuid", nullable: false),
                    report = table.Column<Guid>(type: "uuid", nullable: true),
                    lead = table.Column<Guid>(type: "uuid", nullable: true),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    rule_version = table.Column<string>(type: "text", nullable: false),
                    rule_on = table.Column<DateOnly>(type: "date", nullable: false),
                    zone = table.Column<string>(type: "text", nullable: false),
                    terms = table.Column<byte[]>(type: "bytea", nullable: false),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    drafted_by = table.Column<Guid>(type: "uuid", nullable: false),
                    served_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    renewals = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    warned = table.Column<int>(type: "integer", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    letter = table.Column<byte[]>(type: "bytea", nullable: true),
                    letter_hash = table.Column<string>(type: "text", nullable: true),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_legal_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "match_decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    match = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    judgement = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<byte[]>(type: "bytea", nullable: false),
                    snapshot_id = table.Column<string>(type: "text", nullable: false),
                    snapshot = table.Column<byte[]>(type: "bytea", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_match_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "match_proposals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_number = table.Column<string>(type: "text", nullable: false),
                    report_version = table.Column<int>(type: "integer", nullable: false),
                    person = table.Column<int>(type: "integer", nullable: false),
                    entry = table.Column<Guid>(type: "uuid", nullable: false),
                    nic = table.Column<string>(type: "text", nullable: false),
                    child = table.Column<Guid>(type: "uuid", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    weight = table.Column<double>(type: "double precision", nullable: false),
                    probability = table.Column<double>(type: "double precision", nullable: false),
                    waterfall = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    extractor_version = table.Column<string>(type: "text", nullable: false),
                    index_version = table.Column<string>(type: "text", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reopens = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_match_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_force = table.Column<string>(type: "text", nullable: false),
                    agency_ori = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "nexus_package_counters",
                columns: table => new
                {
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nexus_package_counters", x => x.year);
                });

            migrationBuilder.CreateTable(
                name: "nexus_package_reports",
                columns: table => new
                {
                    package = table.Column<Guid>(type: "uuid", nullable: false),
                    report = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nexus_package_reports", x => new { x.package, x.report });
                });

            migrationBuilder.CreateTable(
                name: "nexus_packages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    way = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    to = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    told_late = table.Column<bool>(type: "boolean", nullable: false),
                    drawn = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<int>(type: "integer", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    basis = table.Column<string>(type: "text", nullable: true),
                    agreement = table.Column<Guid>(type: "uuid", nullable: true),
                    agreement_version = table.Column<int>(type: "integer", nullable: true),
                    handed_over_by = table.Column<Guid>(type: "uuid", nullable: true),
                    handed_over_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    receipt = table.Column<string>(type: "text", nullable: true),
                    receipt_by = table.Column<Guid>(type: "uuid", nullable: true),
                    receipt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nexus_packages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    user = table.Column<Guid>(type: "uuid", nullable: true),
                    code = table.Column<string>(type: "text", nullable: false),
                    link = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    seen_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "number_blocks",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    next = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_number_blocks", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "office_certifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    initiative = table.Column<Guid>(type: "uuid", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    measure = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_office_certifications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "office_previews",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    snapshot = table.Column<Guid>(type: "uuid", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: false),
                    claimed_children = table.Column<int>(type: "integer", nullable: true),
                    explanation = table.Column<byte[]>(type: "bytea", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_office_previews", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operation_agencies",
                columns: table => new
                {
                    operation = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_ori = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_agencies", x => new { x.operation, x.agency_ori });
                });

            migrationBuilder.CreateTable(
                name: "operation_counters",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_counters", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "operation_leads",
                columns: table => new
                {
                    operation = table.Column<Guid>(type: "uuid", nullable: false),
                    lead = table.Column<Guid>(type: "uuid", nullable: false),
                    referral = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_leads", x => new { x.operation, x.lead });
                });

            migrationBuilder.CreateTable(
                name: "operation_log",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    operation = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    corrects = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_log", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operation_members",
                columns: table => new
                {
                    operation = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_members", x => new { x.operation, x.user });
                });

            migrationBuilder.CreateTable(
                name: "operations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    initiative = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    other_offices = table.Column<string>(type: "text", nullable: false),
                    place = table.Column<byte[]>(type: "bytea", nullable: false),
                    basis = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    basis_text = table.Column<byte[]>(type: "bytea", nullable: false),
                    planned_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    planned_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    victim_specialist = table.Column<Guid>(type: "uuid", nullable: true),
                    specialist_exception = table.Column<byte[]>(type: "bytea", nullable: true),
                    undercover = table.Column<byte[]>(type: "bytea", nullable: true),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    verified_by = table.Column<Guid>(type: "uuid", nullable: true),
                    place_disputed = table.Column<bool>(type: "boolean", nullable: false),
                    planned_by = table.Column<Guid>(type: "uuid", nullable: false),
                    planned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    exigency = table.Column<byte[]>(type: "bytea", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    called_off_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    after_action = table.Column<byte[]>(type: "bytea", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "original_blocks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    originals = table.Column<int>(type: "integer", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_original_blocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "original_words",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    filter = table.Column<byte[]>(type: "bytea", nullable: false),
                    reports = table.Column<byte[]>(type: "bytea", nullable: false),
                    drawn = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_original_words", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outcome_corrections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    fact = table.Column<Guid>(type: "uuid", nullable: false),
                    replacement = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<byte[]>(type: "bytea", nullable: false),
                    request = table.Column<byte[]>(type: "bytea", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outcome_corrections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outcome_facts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    record = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    initiative = table.Column<Guid>(type: "uuid", nullable: false),
                    operation = table.Column<Guid>(type: "uuid", nullable: true),
                    door = table.Column<Guid>(type: "uuid", nullable: true),
                    lead = table.Column<Guid>(type: "uuid", nullable: true),
                    via_review = table.Column<bool>(type: "boolean", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    local_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: true),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entered_by = table.Column<Guid>(type: "uuid", nullable: false),
                    superseded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    victim = table.Column<bool>(type: "boolean", nullable: true),
                    means = table.Column<string>(type: "text", nullable: true),
                    arrest_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    offence = table.Column<string>(type: "text", nullable: true),
                    fbi_number = table.Column<string>(type: "text", nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    exploitation = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    age = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    age_when_found = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    born = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    recognised = table.Column<Guid>(type: "uuid", nullable: true),
                    foreign_born = table.Column<bool>(type: "boolean", nullable: true),
                    evidence = table.Column<byte[]>(type: "bytea", nullable: true),
                    court_event = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    docket_number = table.Column<string>(type: "text", nullable: true),
                    case_number = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outcome_facts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    given = table.Column<string>(type: "text", nullable: false),
                    family = table.Column<string>(type: "text", nullable: false),
                    aliases = table.Column<string>(type: "text", nullable: false),
                    born = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    sex = table.Column<string>(type: "text", nullable: true),
                    marks = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_records", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "provider_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    company = table.Column<string>(type: "text", nullable: false),
                    secret = table.Column<string>(type: "text", nullable: false),
                    is_lenient = table.Column<bool>(type: "boolean", nullable: false),
                    calls_per_minute = table.Column<int>(type: "integer", nullable: true),
                    upload_bytes_per_day = table.Column<long>(type: "bigint", nullable: true),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_provider_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "queue_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    form = table.Column<string>(type: "text", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    incident_type = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    imminent_claimed = table.Column<bool>(type: "boolean", nullable: false),
                    disposition = table.Column<string>(type: "text", nullable: true),
                    priority = table.Column<int>(type: "integer", nullable: true),
                    bundle = table.Column<string>(type: "text", nullable: true),
                    place = table.Column<string>(type: "text", nullable: true),
                    place_state = table.Column<string>(type: "text", nullable: true),
                    nexus = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    indicators = table.Column<long>(type: "bigint", nullable: false),
                    risk = table.Column<double>(type: "double precision", nullable: false),
                    reasons = table.Column<string>(type: "text", nullable: false),
                    rules_version = table.Column<string>(type: "text", nullable: false),
                    above_threshold = table.Column<bool>(type: "boolean", nullable: false),
                    open_matches = table.Column<int>(type: "integer", nullable: false),
                    top_weight = table.Column<double>(type: "double precision", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    leased_by = table.Column<Guid>(type: "uuid", nullable: true),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    opened_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<byte[]>(type: "bytea", nullable: true),
                    nexus_way = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    nexus_to = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    abuse_key = table.Column<string>(type: "text", nullable: true),
                    abuse_duty_started = table.Column<bool>(type: "boolean", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_queue_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "referral_counters",
                columns: table => new
                {
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_referral_counters", x => x.year);
                });

            migrationBuilder.CreateTable(
                name: "referral_joins",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    referral = table.Column<Guid>(type: "uuid", nullable: false),
                    lead = table.Column<Guid>(type: "uuid", nullable: false),
                    lead_number = table.Column<string>(type: "text", nullable: false),
                    lead_version = table.Column<int>(type: "integer", nullable: false),
                    current_abuse = table.Column<bool>(type: "boolean", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_referral_joins", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "referral_steps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    referral = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    from_office = table.Column<string>(type: "text", nullable: true),
                    to_office = table.Column<string>(type: "text", nullable: true),
                    to_task_force = table.Column<string>(type: "text", nullable: true),
                    sent_by = table.Column<Guid>(type: "uuid", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    shown = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<byte[]>(type: "bytea", nullable: true),
                    recipient = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    voice_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    voice_by = table.Column<Guid>(type: "uuid", nullable: true),
                    voice = table.Column<byte[]>(type: "bytea", nullable: true),
                    receipt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    receipt_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    @return = table.Column<byte[]>(name: "return", type: "bytea", nullable: true),
                    proposed_owner = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_referral_steps", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "referrals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    lead = table.Column<Guid>(type: "uuid", nullable: false),
                    lead_number = table.Column<string>(type: "text", nullable: false),
                    child = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    owner_office = table.Column<string>(type: "text", nullable: true),
                    sent_by = table.Column<Guid>(type: "uuid", nullable: false),
                    county_fips = table.Column<string>(type: "text", nullable: true),
                    current_abuse = table.Column<bool>(type: "boolean", nullable: false),
                    imminent = table.Column<bool>(type: "boolean", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answer_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    taken_up_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    steps = table.Column<int>(type: "integer", nullable: false),
                    refusals = table.Column<int>(type: "integer", nullable: false),
                    hand_overs = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_referrals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "refused_calls",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    refused_on = table.Column<string>(type: "text", nullable: false),
                    call = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: true),
                    request_id = table.Column<string>(type: "text", nullable: false),
                    remote = table.Column<string>(type: "text", nullable: false),
                    faults = table.Column<int>(type: "integer", nullable: false),
                    calls = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: true),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refused_calls", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rejects",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    faults = table.Column<int>(type: "integer", nullable: false),
                    fault_line = table.Column<int>(type: "integer", nullable: false),
                    fault_column = table.Column<int>(type: "integer", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    mend = table.Column<string>(type: "text", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rejects", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "report_extractions",
                columns: table => new
                {
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    extractor = table.Column<int>(type: "integer", nullable: false),
                    before = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report_extractions", x => new { x.report_id, x.version, x.extractor });
                });

            migrationBuilder.CreateTable(
                name: "report_identifiers",
                columns: table => new
                {
                    look = table.Column<long>(type: "bigint", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report_identifiers", x => new { x.look, x.report_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "report_openings",
                columns: table => new
                {
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    opened_by = table.Column<Guid>(type: "uuid", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report_openings", x => x.report_id);
                });

            migrationBuilder.CreateTable(
                name: "reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    form = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    platform = table.Column<string>(type: "text", nullable: true),
                    incident_type = table.Column<string>(type: "text", nullable: false),
                    incident_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    incident_zone_known = table.Column<bool>(type: "boolean", nullable: false),
                    escalation_claimed = table.Column<bool>(type: "boolean", nullable: false),
                    is_batched = table.Column<bool>(type: "boolean", nullable: false),
                    disposition = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    priority = table.Column<int>(type: "integer", nullable: true),
                    bundle = table.Column<string>(type: "text", nullable: true),
                    urgent = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_on = table.Column<string>(type: "text", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    preserve_until = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<int>(type: "integer", nullable: false),
                    block_id = table.Column<Guid>(type: "uuid", nullable: false),
                    block_offset = table.Column<int>(type: "integer", nullable: false),
                    extractor = table.Column<int>(type: "integer", nullable: false),
                    generation = table.Column<int>(type: "integer", nullable: false),
                    packed = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reports", x => new { x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "rerankings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false),
                    done = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    overtaken = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rerankings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rule_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    based = table.Column<string>(type: "text", nullable: false),
                    rules = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<byte[]>(type: "bytea", nullable: false),
                    author = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decision_reason = table.Column<byte[]>(type: "bytea", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rule_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "saved_searches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<byte[]>(type: "bytea", nullable: false),
                    filter = table.Column<byte[]>(type: "bytea", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_searches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "schedules",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedules", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "sealed_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: true),
                    blob = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    media_type = table.Column<string>(type: "text", nullable: false),
                    recipient_thumbprint = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sealed_name = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sealed_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "second_readings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cause = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    first_reader = table.Column<Guid>(type: "uuid", nullable: false),
                    assigned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    drawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    read_by = table.Column<Guid>(type: "uuid", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<byte[]>(type: "bytea", nullable: true),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_second_readings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "submission_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    blob = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    md5 = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    media_type = table.Column<string>(type: "text", nullable: false),
                    recipient_thumbprint = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_on = table.Column<string>(type: "text", nullable: false),
                    request_id = table.Column<string>(type: "text", nullable: false),
                    remote = table.Column<string>(type: "text", nullable: false),
                    sealed_name = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_submission_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "submissions",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    is_batched = table.Column<bool>(type: "boolean", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_on = table.Column<string>(type: "text", nullable: false),
                    deadline_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<int>(type: "integer", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true),
                    warnings = table.Column<string>(type: "text", nullable: false),
                    remote = table.Column<string>(type: "text", nullable: false),
                    request_id = table.Column<string>(type: "text", nullable: false),
                    receipt = table.Column<byte[]>(type: "bytea", nullable: true),
                    receipt_request_id = table.Column<string>(type: "text", nullable: true),
                    report_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_submissions", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "task_forces",
                columns: table => new
                {
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    office_code = table.Column<string>(type: "text", nullable: false),
                    pledged_operations = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_forces", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agency_ori = table.Column<string>(type: "text", nullable: true),
                    task_force = table.Column<string>(type: "text", nullable: true),
                    office_code = table.Column<string>(type: "text", nullable: true),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "victim_keys",
                columns: table => new
                {
                    room = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    wrapped = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_victim_keys", x => new { x.room, x.owner });
                });

            migrationBuilder.CreateTable(
                name: "work",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    last_fault = table.Column<string>(type: "text", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_work", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_advocate_files_assigned_to",
                table: "advocate_files",
                column: "assigned_to");

            migrationBuilder.CreateIndex(
                name: "IX_advocate_notes_file",
                table: "advocate_notes",
                column: "file");

            migrationBuilder.CreateIndex(
                name: "IX_announcements_initiative_state",
                table: "announcements",
                columns: new[] { "initiative", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_arrivals_at_id",
                table: "arrivals",
                columns: new[] { "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_action_at",
                table: "audit_entries",
                columns: new[] { "action", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_actor_id_at",
                table: "audit_entries",
                columns: new[] { "actor_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_at",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_subject_id_at",
                table: "audit_entries",
                columns: new[] { "subject_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_back_tests_asked_at",
                table: "back_tests",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "IX_care_consents_plan",
                table: "care_consents",
                column: "plan");

            migrationBuilder.CreateIndex(
                name: "IX_care_needs_office_code_plan",
                table: "care_needs",
                columns: new[] { "office_code", "plan" });

            migrationBuilder.CreateIndex(
                name: "IX_care_notes_plan",
                table: "care_notes",
                column: "plan");

            migrationBuilder.CreateIndex(
                name: "IX_care_notices_plan",
                table: "care_notices",
                column: "plan");

            migrationBuilder.CreateIndex(
                name: "IX_care_offers_plan",
                table: "care_offers",
                column: "plan");

            migrationBuilder.CreateIndex(
                name: "IX_care_plans_finding",
                table: "care_plans",
                column: "finding",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_care_plans_office_code",
                table: "care_plans",
                column: "office_code");

            migrationBuilder.CreateIndex(
                name: "IX_case_notes_subject_ordinal",
                table: "case_notes",
                columns: new[] { "subject", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_case_tasks_lead",
                table: "case_tasks",
                column: "lead",
                filter: "lead IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_case_tasks_report",
                table: "case_tasks",
                column: "report",
                filter: "report IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_case_tasks_request",
                table: "case_tasks",
                column: "request",
                filter: "request IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_case_tasks_state_due_at",
                table: "case_tasks",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "IX_count_snapshots_initiative_frozen_at",
                table: "count_snapshots",
                columns: new[] { "initiative", "frozen_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deconfliction_cells_event",
                table: "deconfliction_cells",
                column: "event");

            migrationBuilder.CreateIndex(
                name: "IX_deconfliction_conflicts_one_one_version_other_other_version",
                table: "deconfliction_conflicts",
                columns: new[] { "one", "one_version", "other", "other_version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deconfliction_conflicts_other",
                table: "deconfliction_conflicts",
                column: "other");

            migrationBuilder.CreateIndex(
                name: "IX_deconfliction_conflicts_state",
                table: "deconfliction_conflicts",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_deconfliction_events_operation_type",
                table: "deconfliction_events",
                columns: new[] { "operation", "type" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deconfliction_events_submitted_at",
                table: "deconfliction_events",
                column: "submitted_at",
                filter: "check_owed");

            migrationBuilder.CreateIndex(
                name: "IX_deconfliction_subjects_event",
                table: "deconfliction_subjects",
                column: "event");

            migrationBuilder.CreateIndex(
                name: "IX_disseminations_referral",
                table: "disseminations",
                column: "referral");

            migrationBuilder.CreateIndex(
                name: "IX_doors_number",
                table: "doors",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_duties_rule_key",
                table: "duties",
                columns: new[] { "rule", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_duties_state_due_at",
                table: "duties",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "IX_duties_subject_id",
                table: "duties",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "IX_entries_nic",
                table: "entries",
                column: "nic",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_entries_record",
                table: "entries",
                column: "record");

            migrationBuilder.CreateIndex(
                name: "IX_entries_revision_version",
                table: "entries",
                columns: new[] { "revision", "version" });

            migrationBuilder.CreateIndex(
                name: "IX_entries_state_office_code",
                table: "entries",
                columns: new[] { "state", "office_code" });

            migrationBuilder.CreateIndex(
                name: "IX_entry_plates_plate",
                table: "entry_plates",
                column: "plate");

            migrationBuilder.CreateIndex(
                name: "IX_file_details_number",
                table: "file_details",
                column: "number");

            migrationBuilder.CreateIndex(
                name: "IX_hand_overs_giver_at",
                table: "hand_overs",
                columns: new[] { "giver", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_hand_overs_taker_at",
                table: "hand_overs",
                columns: new[] { "taker", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_decisions_left_right",
                table: "identity_decisions",
                columns: new[] { "left", "right" });

            migrationBuilder.CreateIndex(
                name: "ix_identity_decisions_standing",
                table: "identity_decisions",
                columns: new[] { "left", "right" },
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_identity_proposals_left_right",
                table: "identity_proposals",
                columns: new[] { "left", "right" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_initiatives_name_key",
                table: "initiatives",
                column: "name_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_intake_batches_received_on",
                table: "intake_batches",
                column: "received_on");

            migrationBuilder.CreateIndex(
                name: "IX_lead_evidence_lead",
                table: "lead_evidence",
                column: "lead");

            migrationBuilder.CreateIndex(
                name: "IX_lead_evidence_match",
                table: "lead_evidence",
                column: "match");

            migrationBuilder.CreateIndex(
                name: "IX_leads_child",
                table: "leads",
                column: "child",
                unique: true,
                filter: "state = 'Open' AND child IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_leads_door",
                table: "leads",
                column: "door");

            migrationBuilder.CreateIndex(
                name: "IX_leads_entry",
                table: "leads",
                column: "entry");

            migrationBuilder.CreateIndex(
                name: "IX_leads_number",
                table: "leads",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_leads_state_risk",
                table: "leads",
                columns: new[] { "state", "risk" });

            migrationBuilder.CreateIndex(
                name: "IX_legal_request_steps_request_ordinal",
                table: "legal_request_steps",
                columns: new[] { "request", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_legal_requests_reference",
                table: "legal_requests",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_legal_requests_state_due_at",
                table: "legal_requests",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "IX_legal_requests_subject_ordinal",
                table: "legal_requests",
                columns: new[] { "subject", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_match_decisions_match_ordinal",
                table: "match_decisions",
                columns: new[] { "match", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "IX_match_proposals_entry",
                table: "match_proposals",
                column: "entry");

            migrationBuilder.CreateIndex(
                name: "IX_match_proposals_report_id_person_rank",
                table: "match_proposals",
                columns: new[] { "report_id", "person", "rank" });

            migrationBuilder.CreateIndex(
                name: "IX_match_proposals_state",
                table: "match_proposals",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_memberships_task_force_agency_ori_from",
                table: "memberships",
                columns: new[] { "task_force", "agency_ori", "from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_nexus_package_reports_report",
                table: "nexus_package_reports",
                column: "report");

            migrationBuilder.CreateIndex(
                name: "IX_nexus_packages_agreement",
                table: "nexus_packages",
                column: "agreement",
                filter: "agreement IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_nexus_packages_number",
                table: "nexus_packages",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_nexus_packages_state_due_at",
                table: "nexus_packages",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "IX_notices_task_force_office_code_at",
                table: "notices",
                columns: new[] { "task_force", "office_code", "at" },
                filter: "seen_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_office_certifications_initiative_office_code_measure",
                table: "office_certifications",
                columns: new[] { "initiative", "office_code", "measure" });

            migrationBuilder.CreateIndex(
                name: "IX_office_previews_snapshot_office_code",
                table: "office_previews",
                columns: new[] { "snapshot", "office_code" });

            migrationBuilder.CreateIndex(
                name: "IX_operation_leads_referral",
                table: "operation_leads",
                column: "referral");

            migrationBuilder.CreateIndex(
                name: "IX_operation_log_corrects",
                table: "operation_log",
                column: "corrects",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_operation_log_key",
                table: "operation_log",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_operation_log_operation_ordinal",
                table: "operation_log",
                columns: new[] { "operation", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_operations_initiative_planned_from",
                table: "operations",
                columns: new[] { "initiative", "planned_from" });

            migrationBuilder.CreateIndex(
                name: "IX_operations_reference",
                table: "operations",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_operations_task_force_state",
                table: "operations",
                columns: new[] { "task_force", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_outcome_corrections_fact",
                table: "outcome_corrections",
                column: "fact");

            migrationBuilder.CreateIndex(
                name: "IX_outcome_corrections_state",
                table: "outcome_corrections",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_outcome_facts_fbi_number",
                table: "outcome_facts",
                column: "fbi_number");

            migrationBuilder.CreateIndex(
                name: "IX_outcome_facts_initiative_entered_at",
                table: "outcome_facts",
                columns: new[] { "initiative", "entered_at" });

            migrationBuilder.CreateIndex(
                name: "IX_outcome_facts_office_code_record_version",
                table: "outcome_facts",
                columns: new[] { "office_code", "record", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_outcome_facts_person",
                table: "outcome_facts",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "IX_person_records_source",
                table: "person_records",
                column: "source",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_provider_accounts_name",
                table: "provider_accounts",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_above_threshold",
                table: "queue_items",
                columns: new[] { "state", "received_at" },
                filter: "above_threshold");

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_all",
                table: "queue_items",
                columns: new[] { "state", "risk", "received_at", "id", "open_matches", "nexus" },
                descending: new[] { false, true, false, false, false, false });

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_assigned_to_state",
                table: "queue_items",
                columns: new[] { "assigned_to", "state" },
                filter: "assigned_to IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_decided_at_decided_by_state",
                table: "queue_items",
                columns: new[] { "decided_at", "decided_by", "state" },
                filter: "decided_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_imminent",
                table: "queue_items",
                columns: new[] { "state", "risk", "received_at", "id", "open_matches", "opened_at" },
                descending: new[] { false, true, false, false, false, false },
                filter: "imminent_claimed");

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_leased_by_leased_until",
                table: "queue_items",
                columns: new[] { "leased_by", "leased_until" },
                filter: "leased_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_matched",
                table: "queue_items",
                columns: new[] { "state", "risk", "received_at", "id", "imminent_claimed" },
                descending: new[] { false, true, false, false, false },
                filter: "open_matches > 0");

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_abroad",
                table: "queue_items",
                columns: new[] { "state", "risk", "received_at", "id" },
                descending: new[] { false, true, false, false },
                filter: "nexus = 'NoneProposed'");

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_no_nexus",
                table: "queue_items",
                columns: new[] { "id", "decided_at" },
                filter: "nexus = 'NoneProposed' AND decided_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_number",
                table: "queue_items",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_place",
                table: "queue_items",
                columns: new[] { "state", "place_state", "risk", "received_at", "id", "open_matches", "imminent_claimed" },
                descending: new[] { false, false, true, false, false, false, false },
                filter: "place_state IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_queue_items_priority_received_at",
                table: "queue_items",
                columns: new[] { "priority", "received_at" },
                filter: "abuse_key IS NOT NULL AND opened_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_referral_joins_lead",
                table: "referral_joins",
                column: "lead");

            migrationBuilder.CreateIndex(
                name: "IX_referral_joins_referral",
                table: "referral_joins",
                column: "referral");

            migrationBuilder.CreateIndex(
                name: "IX_referral_steps_referral_ordinal",
                table: "referral_steps",
                columns: new[] { "referral", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_referrals_child_office_code",
                table: "referrals",
                columns: new[] { "child", "office_code" },
                unique: true,
                filter: "child IS NOT NULL AND office_code IS NOT NULL AND state NOT IN ('Closed', 'Withdrawn')");

            migrationBuilder.CreateIndex(
                name: "IX_referrals_lead",
                table: "referrals",
                column: "lead");

            migrationBuilder.CreateIndex(
                name: "IX_referrals_number",
                table: "referrals",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_referrals_office_code_state",
                table: "referrals",
                columns: new[] { "office_code", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_referrals_state_answer_due_at",
                table: "referrals",
                columns: new[] { "state", "answer_due_at" });

            migrationBuilder.CreateIndex(
                name: "IX_referrals_task_force_state_taken_up_at",
                table: "referrals",
                columns: new[] { "task_force", "state", "taken_up_at" });

            migrationBuilder.CreateIndex(
                name: "IX_refused_calls_account_id_at",
                table: "refused_calls",
                columns: new[] { "account_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_refused_calls_at",
                table: "refused_calls",
                column: "at",
                filter: "sealed IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_rejects_at_id",
                table: "rejects",
                columns: new[] { "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_rejects_source_sha256",
                table: "rejects",
                columns: new[] { "source", "sha256" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_report_identifiers_report_id",
                table: "report_identifiers",
                column: "report_id")
                .Annotation("Npgsql:IndexMethod", "brin")
                .Annotation("Npgsql:StorageParameter:autosummarize", true)
                .Annotation("Npgsql:StorageParameter:pages_per_range", 32);

            migrationBuilder.CreateIndex(
                name: "IX_reports_bundle_id",
                table: "reports",
                columns: new[] { "bundle", "id" },
                filter: "bundle IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_reports_number_version",
                table: "reports",
                columns: new[] { "number", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_reports_preserve_until",
                table: "reports",
                column: "preserve_until");

            migrationBuilder.CreateIndex(
                name: "IX_reports_may_end_earlier",
                table: "reports",
                column: "preserve_until",
                filter: "submitted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_reports_received_on_form_version",
                table: "reports",
                columns: new[] { "received_on", "form", "version" });

            migrationBuilder.CreateIndex(
                name: "IX_rerankings_started_at",
                table: "rerankings",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_rule_versions_based",
                table: "rule_versions",
                column: "based",
                unique: true,
                filter: "state = 'Approved'");

            migrationBuilder.CreateIndex(
                name: "IX_rule_versions_ordinal",
                table: "rule_versions",
                column: "ordinal",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_saved_searches_user",
                table: "saved_searches",
                column: "user");

            migrationBuilder.CreateIndex(
                name: "IX_sealed_files_report_id",
                table: "sealed_files",
                column: "report_id");

            migrationBuilder.CreateIndex(
                name: "IX_sealed_files_sha256_report_id",
                table: "sealed_files",
                columns: new[] { "sha256", "report_id" });

            migrationBuilder.CreateIndex(
                name: "IX_second_readings_state_assigned_to",
                table: "second_readings",
                columns: new[] { "state", "assigned_to" });

            migrationBuilder.CreateIndex(
                name: "IX_second_readings_subject_id_state",
                table: "second_readings",
                columns: new[] { "subject_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_submission_files_number",
                table: "submission_files",
                column: "number");

            migrationBuilder.CreateIndex(
                name: "IX_submissions_account_id_opened_on",
                table: "submissions",
                columns: new[] { "account_id", "opened_on" });

            migrationBuilder.CreateIndex(
                name: "IX_submissions_deadline_at",
                table: "submissions",
                column: "deadline_at",
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "IX_task_forces_office_code",
                table: "task_forces",
                column: "office_code");

            migrationBuilder.CreateIndex(
                name: "IX_users_role_office_code",
                table: "users",
                columns: new[] { "role", "office_code" });

            migrationBuilder.CreateIndex(
                name: "IX_work_due_at_id",
                table: "work",
                columns: new[] { "due_at", "id" },
                filter: "done_at IS NULL");

            migrationBuilder.CreateTable(
                name: "arrival_parts",
                columns: table => new
                {
                    arrival_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_file = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_arrival_parts", x => new { x.arrival_id, x.part_id });
                });

            migrationBuilder.CreateTable(
                name: "holds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    on = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<byte[]>(type: "bytea", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    placed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    placed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lifted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lift_reason = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "purge_items",
                columns: table => new
                {
                    list_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    rule_from = table.Column<DateOnly>(type: "date", nullable: false),
                    rule_term = table.Column<string>(type: "text", nullable: false),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kept = table.Column<string>(type: "text", nullable: true),
                    purged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    blocks = table.Column<string>(type: "text", nullable: false),
                    blobs = table.Column<string>(type: "text", nullable: false),
                    persons = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_purge_items", x => new { x.list_id, x.subject_id });
                });

            migrationBuilder.CreateTable(
                name: "purge_lists",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seconded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    seconded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dropped_by = table.Column<Guid>(type: "uuid", nullable: true),
                    dropped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    drop_reason = table.Column<byte[]>(type: "bytea", nullable: true),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    certificate = table.Column<string>(type: "text", nullable: true),
                    certificate_sha256 = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_purge_lists", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_arrival_parts_part_id",
                table: "arrival_parts",
                column: "part_id");

            migrationBuilder.CreateIndex(
                name: "IX_holds_subject_id",
                table: "holds",
                column: "subject_id",
                filter: "lifted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_purge_items_number",
                table: "purge_items",
                column: "number",
                filter: "state = 'Purged'");

            migrationBuilder.CreateIndex(
                name: "IX_purge_items_purged_at",
                table: "purge_items",
                column: "purged_at",
                filter: "purged_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_purge_items_subject_id",
                table: "purge_items",
                column: "subject_id",
                filter: "state = 'Purged'");

            migrationBuilder.CreateIndex(
                name: "IX_purge_lists_proposed_at_id",
                table: "purge_lists",
                columns: new[] { "proposed_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "arrival_parts");

            migrationBuilder.DropTable(
                name: "holds");

            migrationBuilder.DropTable(
                name: "purge_items");

            migrationBuilder.DropTable(
                name: "purge_lists");

            migrationBuilder.DropTable(
                name: "agreement_versions");

            migrationBuilder.DropTable(
                name: "alert_decisions");

            migrationBuilder.DropTable(
                name: "alert_keys");

            migrationBuilder.DropTable(
                name: "alert_messages");

            migrationBuilder.DropTable(
                name: "alert_plates");

            migrationBuilder.DropTable(
                name: "alerts");

            migrationBuilder.DropTable(
                name: "advocate_files");

            migrationBuilder.DropTable(
                name: "advocate_notes");

            migrationBuilder.DropTable(
                name: "agencies");

            migrationBuilder.DropTable(
                name: "agency_told");

            migrationBuilder.DropTable(
                name: "announcements");

            migrationBuilder.DropTable(
                name: "arrivals");

            migrationBuilder.DropTable(
                name: "audit_checkpoints");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "back_tests");

            migrationBuilder.DropTable(
                name: "care_consents");

            migrationBuilder.DropTable(
                name: "care_needs");

            migrationBuilder.DropTable(
                name: "care_notes");

            migrationBuilder.DropTable(
                name: "care_notices");

            migrationBuilder.DropTable(
                name: "care_offers");

            migrationBuilder.DropTable(
                name: "care_plans");

            migrationBuilder.DropTable(
                name: "case_notes");

            migrationBuilder.DropTable(
                name: "case_tasks");

            migrationBuilder.DropTable(
                name: "clearing_messages");

            migrationBuilder.DropTable(
                name: "count_snapshots");

            migrationBuilder.DropTable(
                name: "deconfliction_cells");

            migrationBuilder.DropTable(
                name: "deconfliction_conflicts");

            migrationBuilder.DropTable(
                name: "deconfliction_events");

            migrationBuilder.DropTable(
                name: "deconfliction_subjects");

            migrationBuilder.DropTable(
                name: "disseminations");

            migrationBuilder.DropTable(
                name: "door_messages");

            migrationBuilder.DropTable(
                name: "doors");

            migrationBuilder.DropTable(
                name: "duties");

            migrationBuilder.DropTable(
                name: "entries");

            migrationBuilder.DropTable(
                name: "entry_messages");

            migrationBuilder.DropTable(
                name: "entry_plates");

            migrationBuilder.DropTable(
                name: "file_details");

            migrationBuilder.DropTable(
                name: "hand_over_reports");

            migrationBuilder.DropTable(
                name: "hand_over_work");

            migrationBuilder.DropTable(
                name: "hand_overs");

            migrationBuilder.DropTable(
                name: "house_marks");

            migrationBuilder.DropTable(
                name: "identity_decisions");

            migrationBuilder.DropTable(
                name: "identity_proposals");

            migrationBuilder.DropTable(
                name: "initiatives");

            migrationBuilder.DropTable(
                name: "intake_batches");

            migrationBuilder.DropTable(
                name: "lead_counters");

            migrationBuilder.DropTable(
                name: "lead_evidence");

            migrationBuilder.DropTable(
                name: "leads");

            migrationBuilder.DropTable(
                name: "legal_request_steps");

            migrationBuilder.DropTable(
                name: "legal_requests");

            migrationBuilder.DropTable(
                name: "match_decisions");

            migrationBuilder.DropTable(
                name: "match_proposals");

            migrationBuilder.DropTable(
                name: "memberships");

            migrationBuilder.DropTable(
                name: "nexus_package_counters");

            migrationBuilder.DropTable(
                name: "nexus_package_reports");

            migrationBuilder.DropTable(
                name: "nexus_packages");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "number_blocks");

            migrationBuilder.DropTable(
                name: "office_certifications");

            migrationBuilder.DropTable(
                name: "office_previews");

            migrationBuilder.DropTable(
                name: "operation_agencies");

            migrationBuilder.DropTable(
                name: "operation_counters");

            migrationBuilder.DropTable(
                name: "operation_leads");

            migrationBuilder.DropTable(
                name: "operation_log");

            migrationBuilder.DropTable(
                name: "operation_members");

            migrationBuilder.DropTable(
                name: "operations");

            migrationBuilder.DropTable(
                name: "original_blocks");

            migrationBuilder.DropTable(
                name: "original_words");

            migrationBuilder.DropTable(
                name: "outcome_corrections");

            migrationBuilder.DropTable(
                name: "outcome_facts");

            migrationBuilder.DropTable(
                name: "person_records");

            migrationBuilder.DropTable(
                name: "provider_accounts");

            migrationBuilder.DropTable(
                name: "queue_items");

            migrationBuilder.DropTable(
                name: "referral_counters");

            migrationBuilder.DropTable(
                name: "referral_joins");

            migrationBuilder.DropTable(
                name: "referral_steps");

            migrationBuilder.DropTable(
                name: "referrals");

            migrationBuilder.DropTable(
                name: "refused_calls");

            migrationBuilder.DropTable(
                name: "rejects");

            migrationBuilder.DropTable(
                name: "report_extractions");

            migrationBuilder.DropTable(
                name: "report_identifiers");

            migrationBuilder.DropTable(
                name: "report_openings");

            migrationBuilder.DropTable(
                name: "reports");

            migrationBuilder.DropTable(
                name: "rerankings");

            migrationBuilder.DropTable(
                name: "rule_versions");

            migrationBuilder.DropTable(
                name: "saved_searches");

            migrationBuilder.DropTable(
                name: "schedules");

            migrationBuilder.DropTable(
                name: "sealed_files");

            migrationBuilder.DropTable(
                name: "second_readings");

            migrationBuilder.DropTable(
                name: "submission_files");

            migrationBuilder.DropTable(
                name: "submissions");

            migrationBuilder.DropTable(
                name: "task_forces");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "victim_keys");

            migrationBuilder.DropTable(
                name: "work");
        }
    }
}
