using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Homeward.Migrations.Sqlite.Migrations
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
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    countries = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    basis = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agreement_versions", x => new { x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "alert_decisions",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    step = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    entry_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alert_keys",
                columns: table => new
                {
                    sender = table.Column<string>(type: "TEXT", nullable: false),
                    identifier = table.Column<string>(type: "TEXT", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_keys", x => new { x.sender, x.identifier, x.sent_at, x.status, x.ordinal });
                });

            migrationBuilder.CreateTable(
                name: "alert_messages",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    sender = table.Column<string>(type: "TEXT", nullable: false),
                    identifier = table.Column<string>(type: "TEXT", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    refers_to = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alert_plates",
                columns: table => new
                {
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    plate = table.Column<string>(type: "TEXT", nullable: false),
                    alert_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_plates", x => new { x.message_id, x.plate });
                });

            migrationBuilder.CreateTable(
                name: "alerts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    first_sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    newest = table.Column<byte[]>(type: "BLOB", nullable: false),
                    is_cancelled = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    verdict = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    entry_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    cancel_decided = table.Column<byte[]>(type: "BLOB", nullable: true),
                    part_of = table.Column<byte[]>(type: "BLOB", nullable: true),
                    is_waiting = table.Column<bool>(type: "INTEGER", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
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
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_advocate_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "advocate_notes",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    file = table.Column<byte[]>(type: "BLOB", nullable: false),
                    text = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_advocate_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "agencies",
                columns: table => new
                {
                    ori = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    county_fips = table.Column<string>(type: "TEXT", nullable: true),
                    invented = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agencies", x => x.ori);
                });

            migrationBuilder.CreateTable(
                name: "agency_told",
                columns: table => new
                {
                    entry_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    told_at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agency_told", x => new { x.entry_id, x.ordinal });
                });

            migrationBuilder.CreateTable(
                name: "announcements",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    initiative = table.Column<byte[]>(type: "BLOB", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    snapshot = table.Column<byte[]>(type: "BLOB", nullable: false),
                    small_cells = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    author = table.Column<byte[]>(type: "BLOB", nullable: false),
                    drafted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    approver = table.Column<byte[]>(type: "BLOB", nullable: true),
                    approved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    embargo_until = table.Column<long>(type: "INTEGER", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    corrects = table.Column<byte[]>(type: "BLOB", nullable: true),
                    text = table.Column<byte[]>(type: "BLOB", nullable: false),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_announcements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "arrivals",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    received_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reports = table.Column<int>(type: "INTEGER", nullable: false),
                    files = table.Column<int>(type: "INTEGER", nullable: false),
                    refused = table.Column<int>(type: "INTEGER", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_arrivals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_checkpoints",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    real_at = table.Column<long>(type: "INTEGER", nullable: false),
                    heads = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signature = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_checkpoints", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    chain = table.Column<string>(type: "TEXT", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    real_at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    agency = table.Column<string>(type: "TEXT", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    subject_type = table.Column<string>(type: "TEXT", nullable: false),
                    subject_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    codes = table.Column<string>(type: "TEXT", nullable: false),
                    previous = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entries", x => new { x.chain, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "back_tests",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    initiative = table.Column<byte[]>(type: "BLOB", nullable: false),
                    initiative_name = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    to = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    in_force = table.Column<string>(type: "TEXT", nullable: false),
                    asked_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    read = table.Column<int>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    result = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_back_tests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_consents",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    plan = table.Column<byte[]>(type: "BLOB", nullable: false),
                    terms = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_consents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_needs",
                columns: table => new
                {
                    finding = table.Column<byte[]>(type: "BLOB", nullable: false),
                    victim = table.Column<byte[]>(type: "BLOB", nullable: false),
                    is_child = table.Column<bool>(type: "INTEGER", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    plan = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_needs", x => x.finding);
                });

            migrationBuilder.CreateTable(
                name: "care_notes",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    plan = table.Column<byte[]>(type: "BLOB", nullable: false),
                    text = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_notices",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    plan = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    given_at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_offers",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    plan = table.Column<byte[]>(type: "BLOB", nullable: false),
                    services = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    offered_at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_offers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "care_plans",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    finding = table.Column<byte[]>(type: "BLOB", nullable: false),
                    victim = table.Column<byte[]>(type: "BLOB", nullable: false),
                    is_child = table.Column<bool>(type: "INTEGER", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    safety_plan = table.Column<byte[]>(type: "BLOB", nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    offered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_care_plans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_notes",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    report = table.Column<byte[]>(type: "BLOB", nullable: true),
                    lead = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    corrects = table.Column<byte[]>(type: "BLOB", nullable: true),
                    text = table.Column<byte[]>(type: "BLOB", nullable: false),
                    words = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_tasks",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    report = table.Column<byte[]>(type: "BLOB", nullable: true),
                    lead = table.Column<byte[]>(type: "BLOB", nullable: true),
                    request = table.Column<byte[]>(type: "BLOB", nullable: true),
                    what = table.Column<byte[]>(type: "BLOB", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    given_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    given_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    end_words = table.Column<byte[]>(type: "BLOB", nullable: true),
                    told_late = table.Column<bool>(type: "INTEGER", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "clearing_messages",
                columns: table => new
                {
                    entry_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    nic = table.Column<string>(type: "TEXT", nullable: false),
                    to_agency = table.Column<string>(type: "TEXT", nullable: false),
                    to_ncmec_case = table.Column<string>(type: "TEXT", nullable: true),
                    written_at = table.Column<long>(type: "INTEGER", nullable: false),
                    confirmed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    confirmed_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    told_instead = table.Column<bool>(type: "INTEGER", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clearing_messages", x => new { x.entry_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "count_snapshots",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    initiative = table.Column<byte[]>(type: "BLOB", nullable: false),
                    as_of = table.Column<long>(type: "INTEGER", nullable: false),
                    frozen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    document = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_count_snapshots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deconfliction_cells",
                columns: table => new
                {
                    key = table.Column<long>(type: "INTEGER", nullable: false),
                    @event = table.Column<byte[]>(name: "event", type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deconfliction_cells", x => new { x.key, x.@event });
                });

            migrationBuilder.CreateTable(
                name: "deconfliction_conflicts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    one = table.Column<byte[]>(type: "BLOB", nullable: false),
                    one_version = table.Column<int>(type: "INTEGER", nullable: false),
                    other = table.Column<byte[]>(type: "BLOB", nullable: false),
                    other_version = table.Column<int>(type: "INTEGER", nullable: false),
                    by_place = table.Column<bool>(type: "INTEGER", nullable: false),
                    by_subject = table.Column<bool>(type: "INTEGER", nullable: false),
                    distance_km = table.Column<double>(type: "REAL", nullable: true),
                    overlap_minutes = table.Column<double>(type: "REAL", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    found_at = table.Column<long>(type: "INTEGER", nullable: false),
                    released_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    released_at = table.Column<long>(type: "INTEGER", nullable: true),
                    one_agreed_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    one_agreed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    other_agreed_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    other_agreed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    agreement = table.Column<byte[]>(type: "BLOB", nullable: true),
                    overridden_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deconfliction_conflicts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deconfliction_events",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    operation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    contact = table.Column<byte[]>(type: "BLOB", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    latitude = table.Column<double>(type: "REAL", nullable: false),
                    longitude = table.Column<double>(type: "REAL", nullable: false),
                    radius_km = table.Column<double>(type: "REAL", nullable: false),
                    margin_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    to = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    withdrawn = table.Column<bool>(type: "INTEGER", nullable: false),
                    check_owed = table.Column<bool>(type: "INTEGER", nullable: false),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    submitted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    system = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    regional_number = table.Column<string>(type: "TEXT", nullable: true),
                    regional_answer = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    regional_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deconfliction_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deconfliction_subjects",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    @event = table.Column<byte[]>(name: "event", type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deconfliction_subjects", x => new { x.key, x.@event });
                });

            migrationBuilder.CreateTable(
                name: "disseminations",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    referral = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lead = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lead_version = table.Column<int>(type: "INTEGER", nullable: false),
                    to_office = table.Column<string>(type: "TEXT", nullable: true),
                    to_task_force = table.Column<string>(type: "TEXT", nullable: true),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    legal_basis = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    package = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_disseminations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "door_messages",
                columns: table => new
                {
                    door_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    came_at = table.Column<long>(type: "INTEGER", nullable: false),
                    original = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_door_messages", x => new { x.door_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "doors",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    about = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: true),
                    imminent_claimed = table.Column<bool>(type: "INTEGER", nullable: false),
                    caller_named = table.Column<bool>(type: "INTEGER", nullable: false),
                    sender_ori = table.Column<string>(type: "TEXT", nullable: true),
                    given = table.Column<string>(type: "TEXT", nullable: false),
                    family = table.Column<string>(type: "TEXT", nullable: false),
                    born = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    age = table.Column<int>(type: "INTEGER", nullable: true),
                    sex = table.Column<string>(type: "TEXT", nullable: true),
                    street = table.Column<string>(type: "TEXT", nullable: true),
                    city = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: true),
                    zip = table.Column<string>(type: "TEXT", nullable: true),
                    county_fips = table.Column<string>(type: "TEXT", nullable: true),
                    latitude = table.Column<double>(type: "REAL", nullable: true),
                    longitude = table.Column<double>(type: "REAL", nullable: true),
                    claim = table.Column<byte[]>(type: "BLOB", nullable: true),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_doors", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "duties",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    rule = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    subject_type = table.Column<string>(type: "TEXT", nullable: false),
                    subject_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    owed_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    met_at = table.Column<long>(type: "INTEGER", nullable: true),
                    entered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    grade = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    proof = table.Column<byte[]>(type: "BLOB", nullable: true),
                    proved_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    escalations = table.Column<int>(type: "INTEGER", nullable: false),
                    escalated_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duties", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "entries",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    nic = table.Column<string>(type: "TEXT", nullable: false),
                    record = table.Column<byte[]>(type: "BLOB", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    first_received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    found_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ncmec_case = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: false),
                    case_type = table.Column<string>(type: "TEXT", nullable: true),
                    names = table.Column<string>(type: "TEXT", nullable: false),
                    born = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    age_text = table.Column<string>(type: "TEXT", nullable: true),
                    sex = table.Column<string>(type: "TEXT", nullable: true),
                    race = table.Column<string>(type: "TEXT", nullable: true),
                    eyes = table.Column<string>(type: "TEXT", nullable: true),
                    hair = table.Column<string>(type: "TEXT", nullable: true),
                    photo_taken = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    dental = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    medical = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    height_in_min = table.Column<int>(type: "INTEGER", nullable: true),
                    height_in_max = table.Column<int>(type: "INTEGER", nullable: true),
                    weight_lb_min = table.Column<int>(type: "INTEGER", nullable: true),
                    weight_lb_max = table.Column<int>(type: "INTEGER", nullable: true),
                    marks = table.Column<string>(type: "TEXT", nullable: false),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_seen_city = table.Column<string>(type: "TEXT", nullable: true),
                    last_seen_state = table.Column<string>(type: "TEXT", nullable: true),
                    last_seen_zip = table.Column<string>(type: "TEXT", nullable: true),
                    last_seen_county_fips = table.Column<string>(type: "TEXT", nullable: true),
                    custody = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    phones = table.Column<string>(type: "TEXT", nullable: false),
                    emails = table.Column<string>(type: "TEXT", nullable: false),
                    screen_names = table.Column<string>(type: "TEXT", nullable: false),
                    vehicles = table.Column<string>(type: "TEXT", nullable: false),
                    at_risk = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    indicators = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "entry_messages",
                columns: table => new
                {
                    entry_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    silent = table.Column<string>(type: "TEXT", nullable: true),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    original = table.Column<byte[]>(type: "BLOB", nullable: true),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ncmec_case = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: false),
                    case_type = table.Column<string>(type: "TEXT", nullable: true),
                    names = table.Column<string>(type: "TEXT", nullable: false),
                    born = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    age_text = table.Column<string>(type: "TEXT", nullable: true),
                    sex = table.Column<string>(type: "TEXT", nullable: true),
                    race = table.Column<string>(type: "TEXT", nullable: true),
                    eyes = table.Column<string>(type: "TEXT", nullable: true),
                    hair = table.Column<string>(type: "TEXT", nullable: true),
                    photo_taken = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    dental = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    medical = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    height_in_min = table.Column<int>(type: "INTEGER", nullable: true),
                    height_in_max = table.Column<int>(type: "INTEGER", nullable: true),
                    weight_lb_min = table.Column<int>(type: "INTEGER", nullable: true),
                    weight_lb_max = table.Column<int>(type: "INTEGER", nullable: true),
                    marks = table.Column<string>(type: "TEXT", nullable: false),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_seen_city = table.Column<string>(type: "TEXT", nullable: true),
                    last_seen_state = table.Column<string>(type: "TEXT", nullable: true),
                    last_seen_zip = table.Column<string>(type: "TEXT", nullable: true),
                    last_seen_county_fips = table.Column<string>(type: "TEXT", nullable: true),
                    custody = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    phones = table.Column<string>(type: "TEXT", nullable: false),
                    emails = table.Column<string>(type: "TEXT", nullable: false),
                    screen_names = table.Column<string>(type: "TEXT", nullable: false),
                    vehicles = table.Column<string>(type: "TEXT", nullable: false),
                    at_risk = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    indicators = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entry_messages", x => new { x.entry_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "entry_plates",
                columns: table => new
                {
                    entry_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    plate = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entry_plates", x => new { x.entry_id, x.version, x.plate });
                });

            migrationBuilder.CreateTable(
                name: "file_details",
                columns: table => new
                {
                    file_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    turn = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    remote = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_file_details", x => new { x.file_id, x.turn });
                });

            migrationBuilder.CreateTable(
                name: "hand_over_reports",
                columns: table => new
                {
                    hand_over = table.Column<byte[]>(type: "BLOB", nullable: false),
                    report = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    was_parked = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hand_over_reports", x => new { x.hand_over, x.report });
                });

            migrationBuilder.CreateTable(
                name: "hand_over_work",
                columns: table => new
                {
                    hand_over = table.Column<byte[]>(type: "BLOB", nullable: false),
                    work = table.Column<byte[]>(type: "BLOB", nullable: false),
                    is_task = table.Column<bool>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    link = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hand_over_work", x => new { x.hand_over, x.work });
                });

            migrationBuilder.CreateTable(
                name: "hand_overs",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    giver = table.Column<byte[]>(type: "BLOB", nullable: false),
                    taker = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    note = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hand_overs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "house_marks",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_house_marks", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "identity_decisions",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    left = table.Column<byte[]>(type: "BLOB", nullable: false),
                    right = table.Column<byte[]>(type: "BLOB", nullable: false),
                    judgement = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "identity_proposals",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    left = table.Column<byte[]>(type: "BLOB", nullable: false),
                    right = table.Column<byte[]>(type: "BLOB", nullable: false),
                    why = table.Column<string>(type: "TEXT", nullable: false),
                    weight = table.Column<double>(type: "REAL", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_identity_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "initiatives",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_key = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    to = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    after = table.Column<string>(type: "TEXT", nullable: true),
                    programme = table.Column<string>(type: "TEXT", nullable: true),
                    file = table.Column<string>(type: "TEXT", nullable: false),
                    exercise = table.Column<bool>(type: "INTEGER", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    opened_by = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_initiatives", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intake_batches",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    received_on = table.Column<string>(type: "TEXT", nullable: false),
                    @new = table.Column<int>(name: "new", type: "INTEGER", nullable: false),
                    versions = table.Column<int>(type: "INTEGER", nullable: false),
                    repeats = table.Column<int>(type: "INTEGER", nullable: false),
                    rejected = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lead_counters",
                columns: table => new
                {
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    last = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lead_counters", x => x.year);
                });

            migrationBuilder.CreateTable(
                name: "lead_evidence",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lead = table.Column<byte[]>(type: "BLOB", nullable: false),
                    match = table.Column<byte[]>(type: "BLOB", nullable: true),
                    report = table.Column<byte[]>(type: "BLOB", nullable: true),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    report_version = table.Column<int>(type: "INTEGER", nullable: true),
                    path = table.Column<string>(type: "TEXT", nullable: true),
                    added_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lead_version = table.Column<int>(type: "INTEGER", nullable: false),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lead_evidence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "leads",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    child = table.Column<byte[]>(type: "BLOB", nullable: true),
                    entry = table.Column<byte[]>(type: "BLOB", nullable: true),
                    nic = table.Column<string>(type: "TEXT", nullable: true),
                    door = table.Column<byte[]>(type: "BLOB", nullable: true),
                    places = table.Column<string>(type: "TEXT", nullable: false),
                    risk = table.Column<double>(type: "REAL", nullable: false),
                    risk_reasons = table.Column<string>(type: "TEXT", nullable: false),
                    via_review = table.Column<bool>(type: "INTEGER", nullable: false),
                    imminent = table.Column<bool>(type: "INTEGER", nullable: false),
                    current_abuse = table.Column<bool>(type: "INTEGER", nullable: false),
                    raised_at = table.Column<long>(type: "INTEGER", nullable: false),
                    raised_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_leads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "legal_request_steps",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    request = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    entered_at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    detail = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_legal_request_steps", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "legal_requests",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reference = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    report = table.Column<byte[]>(type: "BLOB", nullable: true),
                    lead = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    rule_version = table.Column<string>(type: "TEXT", nullable: false),
                    rule_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    zone = table.Column<string>(type: "TEXT", nullable: false),
                    terms = table.Column<byte[]>(type: "BLOB", nullable: false),
                    drafted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    drafted_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    served_at = table.Column<long>(type: "INTEGER", nullable: true),
                    renewals = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    warned = table.Column<int>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    letter = table.Column<byte[]>(type: "BLOB", nullable: true),
                    letter_hash = table.Column<string>(type: "TEXT", nullable: true),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_legal_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "match_decisions",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    match = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    judgement = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    snapshot_id = table.Column<string>(type: "TEXT", nullable: false),
                    snapshot = table.Column<byte[]>(type: "BLOB", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_match_decisions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "match_proposals",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    report_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    report_number = table.Column<string>(type: "TEXT", nullable: false),
                    report_version = table.Column<int>(type: "INTEGER", nullable: false),
                    person = table.Column<int>(type: "INTEGER", nullable: false),
                    entry = table.Column<byte[]>(type: "BLOB", nullable: false),
                    nic = table.Column<string>(type: "TEXT", nullable: false),
                    child = table.Column<byte[]>(type: "BLOB", nullable: false),
                    rank = table.Column<int>(type: "INTEGER", nullable: false),
                    weight = table.Column<double>(type: "REAL", nullable: false),
                    probability = table.Column<double>(type: "REAL", nullable: false),
                    waterfall = table.Column<string>(type: "TEXT", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", nullable: false),
                    extractor_version = table.Column<string>(type: "TEXT", nullable: false),
                    index_version = table.Column<string>(type: "TEXT", nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reopens = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_match_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    task_force = table.Column<string>(type: "TEXT", nullable: false),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    to = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "nexus_package_counters",
                columns: table => new
                {
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    last = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nexus_package_counters", x => x.year);
                });

            migrationBuilder.CreateTable(
                name: "nexus_package_reports",
                columns: table => new
                {
                    package = table.Column<byte[]>(type: "BLOB", nullable: false),
                    report = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nexus_package_reports", x => new { x.package, x.report });
                });

            migrationBuilder.CreateTable(
                name: "nexus_packages",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    way = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    to = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    decided_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    told_late = table.Column<bool>(type: "INTEGER", nullable: false),
                    drawn = table.Column<int>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: true),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    basis = table.Column<string>(type: "TEXT", nullable: true),
                    agreement = table.Column<byte[]>(type: "BLOB", nullable: true),
                    agreement_version = table.Column<int>(type: "INTEGER", nullable: true),
                    handed_over_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    handed_over_at = table.Column<long>(type: "INTEGER", nullable: true),
                    receipt = table.Column<string>(type: "TEXT", nullable: true),
                    receipt_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    receipt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nexus_packages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    user = table.Column<byte[]>(type: "BLOB", nullable: true),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    link = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: true),
                    seen_by = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "number_blocks",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    next = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_number_blocks", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "office_certifications",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    initiative = table.Column<byte[]>(type: "BLOB", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    measure = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_office_certifications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "office_previews",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    snapshot = table.Column<byte[]>(type: "BLOB", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: false),
                    claimed_children = table.Column<int>(type: "INTEGER", nullable: true),
                    explanation = table.Column<byte[]>(type: "BLOB", nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_office_previews", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operation_agencies",
                columns: table => new
                {
                    operation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_agencies", x => new { x.operation, x.agency_ori });
                });

            migrationBuilder.CreateTable(
                name: "operation_counters",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    last = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_counters", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "operation_leads",
                columns: table => new
                {
                    operation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lead = table.Column<byte[]>(type: "BLOB", nullable: false),
                    referral = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_leads", x => new { x.operation, x.lead });
                });

            migrationBuilder.CreateTable(
                name: "operation_log",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    operation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    entered_at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    text = table.Column<byte[]>(type: "BLOB", nullable: false),
                    corrects = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_log", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operation_members",
                columns: table => new
                {
                    operation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    user = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_members", x => new { x.operation, x.user });
                });

            migrationBuilder.CreateTable(
                name: "operations",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reference = table.Column<string>(type: "TEXT", nullable: false),
                    initiative = table.Column<byte[]>(type: "BLOB", nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    other_offices = table.Column<string>(type: "TEXT", nullable: false),
                    place = table.Column<byte[]>(type: "BLOB", nullable: false),
                    basis = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    basis_text = table.Column<byte[]>(type: "BLOB", nullable: false),
                    planned_from = table.Column<long>(type: "INTEGER", nullable: false),
                    planned_to = table.Column<long>(type: "INTEGER", nullable: false),
                    victim_specialist = table.Column<byte[]>(type: "BLOB", nullable: true),
                    specialist_exception = table.Column<byte[]>(type: "BLOB", nullable: true),
                    undercover = table.Column<byte[]>(type: "BLOB", nullable: true),
                    verified_at = table.Column<long>(type: "INTEGER", nullable: true),
                    verified_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    place_disputed = table.Column<bool>(type: "INTEGER", nullable: false),
                    planned_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    planned_at = table.Column<long>(type: "INTEGER", nullable: false),
                    approved_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    approved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    exigency = table.Column<byte[]>(type: "BLOB", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    called_off_at = table.Column<long>(type: "INTEGER", nullable: true),
                    after_action = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "original_blocks",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    originals = table.Column<int>(type: "INTEGER", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_original_blocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "original_words",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    filter = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reports = table.Column<byte[]>(type: "BLOB", nullable: false),
                    drawn = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_original_words", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outcome_corrections",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    fact = table.Column<byte[]>(type: "BLOB", nullable: false),
                    replacement = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    request = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outcome_corrections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outcome_facts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    record = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    initiative = table.Column<byte[]>(type: "BLOB", nullable: false),
                    operation = table.Column<byte[]>(type: "BLOB", nullable: true),
                    door = table.Column<byte[]>(type: "BLOB", nullable: true),
                    lead = table.Column<byte[]>(type: "BLOB", nullable: true),
                    via_review = table.Column<bool>(type: "INTEGER", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    local_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: true),
                    entered_at = table.Column<long>(type: "INTEGER", nullable: false),
                    entered_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    superseded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person = table.Column<byte[]>(type: "BLOB", nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    victim = table.Column<bool>(type: "INTEGER", nullable: true),
                    means = table.Column<string>(type: "TEXT", nullable: true),
                    arrest_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    offence = table.Column<string>(type: "TEXT", nullable: true),
                    fbi_number = table.Column<string>(type: "TEXT", nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    exploitation = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    age = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    age_when_found = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    born = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    recognised = table.Column<byte[]>(type: "BLOB", nullable: true),
                    foreign_born = table.Column<bool>(type: "INTEGER", nullable: true),
                    evidence = table.Column<byte[]>(type: "BLOB", nullable: true),
                    court_event = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    docket_number = table.Column<string>(type: "TEXT", nullable: true),
                    case_number = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outcome_facts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person_records",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    given = table.Column<string>(type: "TEXT", nullable: false),
                    family = table.Column<string>(type: "TEXT", nullable: false),
                    aliases = table.Column<string>(type: "TEXT", nullable: false),
                    born = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    sex = table.Column<string>(type: "TEXT", nullable: true),
                    marks = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_records", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "provider_accounts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    company = table.Column<string>(type: "TEXT", nullable: false),
                    secret = table.Column<string>(type: "TEXT", nullable: false),
                    is_lenient = table.Column<bool>(type: "INTEGER", nullable: false),
                    calls_per_minute = table.Column<int>(type: "INTEGER", nullable: true),
                    upload_bytes_per_day = table.Column<long>(type: "INTEGER", nullable: true),
                    from_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_provider_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "queue_items",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    form = table.Column<string>(type: "TEXT", nullable: false),
                    provider = table.Column<string>(type: "TEXT", nullable: false),
                    incident_type = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    imminent_claimed = table.Column<bool>(type: "INTEGER", nullable: false),
                    disposition = table.Column<string>(type: "TEXT", nullable: true),
                    priority = table.Column<int>(type: "INTEGER", nullable: true),
                    bundle = table.Column<string>(type: "TEXT", nullable: true),
                    place = table.Column<string>(type: "TEXT", nullable: true),
                    place_state = table.Column<string>(type: "TEXT", nullable: true),
                    nexus = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    indicators = table.Column<long>(type: "INTEGER", nullable: false),
                    risk = table.Column<double>(type: "REAL", nullable: false),
                    reasons = table.Column<string>(type: "TEXT", nullable: false),
                    rules_version = table.Column<string>(type: "TEXT", nullable: false),
                    above_threshold = table.Column<bool>(type: "INTEGER", nullable: false),
                    open_matches = table.Column<int>(type: "INTEGER", nullable: false),
                    top_weight = table.Column<double>(type: "REAL", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    leased_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: true),
                    opened_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    nexus_way = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    nexus_to = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    abuse_key = table.Column<string>(type: "TEXT", nullable: true),
                    abuse_duty_started = table.Column<bool>(type: "INTEGER", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_queue_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "referral_counters",
                columns: table => new
                {
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    last = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_referral_counters", x => x.year);
                });

            migrationBuilder.CreateTable(
                name: "referral_joins",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    referral = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lead = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lead_number = table.Column<string>(type: "TEXT", nullable: false),
                    lead_version = table.Column<int>(type: "INTEGER", nullable: false),
                    current_abuse = table.Column<bool>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_referral_joins", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "referral_steps",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    referral = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    from_office = table.Column<string>(type: "TEXT", nullable: true),
                    to_office = table.Column<string>(type: "TEXT", nullable: true),
                    to_task_force = table.Column<string>(type: "TEXT", nullable: true),
                    sent_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    shown = table.Column<string>(type: "TEXT", nullable: false),
                    basis = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    recipient = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    voice_at = table.Column<long>(type: "INTEGER", nullable: true),
                    voice_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    voice = table.Column<byte[]>(type: "BLOB", nullable: true),
                    receipt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    receipt_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    end = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    @return = table.Column<byte[]>(name: "return", type: "BLOB", nullable: true),
                    proposed_owner = table.Column<string>(type: "TEXT", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_referral_steps", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "referrals",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    lead = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lead_number = table.Column<string>(type: "TEXT", nullable: false),
                    child = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    owner_office = table.Column<string>(type: "TEXT", nullable: true),
                    sent_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    county_fips = table.Column<string>(type: "TEXT", nullable: true),
                    current_abuse = table.Column<bool>(type: "INTEGER", nullable: false),
                    imminent = table.Column<bool>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answer_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    accepted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    taken_up_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    steps = table.Column<int>(type: "INTEGER", nullable: false),
                    refusals = table.Column<int>(type: "INTEGER", nullable: false),
                    hand_overs = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_referrals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "refused_calls",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    refused_on = table.Column<string>(type: "TEXT", nullable: false),
                    call = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: true),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    remote = table.Column<string>(type: "TEXT", nullable: false),
                    faults = table.Column<int>(type: "INTEGER", nullable: false),
                    calls = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: true),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refused_calls", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rejects",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    faults = table.Column<int>(type: "INTEGER", nullable: false),
                    fault_line = table.Column<int>(type: "INTEGER", nullable: false),
                    fault_column = table.Column<int>(type: "INTEGER", nullable: false),
                    field = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    mend = table.Column<string>(type: "TEXT", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rejects", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "report_extractions",
                columns: table => new
                {
                    report_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    extractor = table.Column<int>(type: "INTEGER", nullable: false),
                    before = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    changes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report_extractions", x => new { x.report_id, x.version, x.extractor });
                });

            // A row lies with its key: without a number of its own there is no second tree to keep.
            migrationBuilder.Sql("""
                CREATE TABLE "report_identifiers" (
                    "look" INTEGER NOT NULL,
                    "report_id" BLOB NOT NULL,
                    "version" INTEGER NOT NULL,
                    CONSTRAINT "PK_report_identifiers" PRIMARY KEY ("look", "report_id", "version")
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateTable(
                name: "report_openings",
                columns: table => new
                {
                    report_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    opened_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_report_openings", x => x.report_id);
                });

            migrationBuilder.CreateTable(
                name: "reports",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    form = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    provider = table.Column<string>(type: "TEXT", nullable: false),
                    platform = table.Column<string>(type: "TEXT", nullable: true),
                    incident_type = table.Column<string>(type: "TEXT", nullable: false),
                    incident_at = table.Column<long>(type: "INTEGER", nullable: true),
                    incident_zone_known = table.Column<bool>(type: "INTEGER", nullable: false),
                    escalation_claimed = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_batched = table.Column<bool>(type: "INTEGER", nullable: false),
                    disposition = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    priority = table.Column<int>(type: "INTEGER", nullable: true),
                    bundle = table.Column<string>(type: "TEXT", nullable: true),
                    urgent = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    received_on = table.Column<string>(type: "TEXT", nullable: false),
                    submitted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    preserve_until = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    block_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    block_offset = table.Column<int>(type: "INTEGER", nullable: false),
                    extractor = table.Column<int>(type: "INTEGER", nullable: false),
                    generation = table.Column<int>(type: "INTEGER", nullable: false),
                    packed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reports", x => new { x.id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "rerankings",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    total = table.Column<int>(type: "INTEGER", nullable: false),
                    done = table.Column<int>(type: "INTEGER", nullable: false),
                    changed = table.Column<int>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    overtaken = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rerankings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rule_versions",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    based = table.Column<string>(type: "TEXT", nullable: false),
                    rules = table.Column<string>(type: "TEXT", nullable: false),
                    why = table.Column<byte[]>(type: "BLOB", nullable: false),
                    author = table.Column<byte[]>(type: "BLOB", nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    decided_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decision_reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rule_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "saved_searches",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    user = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    filter = table.Column<byte[]>(type: "BLOB", nullable: false),
                    saved_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_searches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "schedules",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedules", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "sealed_files",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    report_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    blob = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", nullable: false),
                    recipient_thumbprint = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_name = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sealed_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "second_readings",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    subject_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    cause = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    first_reader = table.Column<byte[]>(type: "BLOB", nullable: false),
                    assigned_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    drawn_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    read_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_second_readings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "submission_files",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    blob = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    md5 = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", nullable: false),
                    recipient_thumbprint = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    received_on = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    remote = table.Column<string>(type: "TEXT", nullable: false),
                    sealed_name = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_submission_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "submissions",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    is_batched = table.Column<bool>(type: "INTEGER", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    opened_on = table.Column<string>(type: "TEXT", nullable: false),
                    deadline_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "BLOB", nullable: true),
                    warnings = table.Column<string>(type: "TEXT", nullable: false),
                    remote = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    receipt = table.Column<byte[]>(type: "BLOB", nullable: true),
                    receipt_request_id = table.Column<string>(type: "TEXT", nullable: true),
                    report_id = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_submissions", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "task_forces",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    office_code = table.Column<string>(type: "TEXT", nullable: false),
                    pledged_operations = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_forces", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    agency_ori = table.Column<string>(type: "TEXT", nullable: true),
                    task_force = table.Column<string>(type: "TEXT", nullable: true),
                    office_code = table.Column<string>(type: "TEXT", nullable: true),
                    from_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "victim_keys",
                columns: table => new
                {
                    room = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: false),
                    wrapped = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_victim_keys", x => new { x.room, x.owner });
                });

            migrationBuilder.CreateTable(
                name: "work",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    last_fault = table.Column<string>(type: "TEXT", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true)
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
                    arrival_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    part_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    is_file = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_arrival_parts", x => new { x.arrival_id, x.part_id });
                });

            migrationBuilder.CreateTable(
                name: "holds",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    on = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    subject_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    placed_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    placed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lifted_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    lifted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lift_reason = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "purge_items",
                columns: table => new
                {
                    list_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    subject_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    rule = table.Column<string>(type: "TEXT", nullable: false),
                    rule_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    rule_term = table.Column<string>(type: "TEXT", nullable: false),
                    ended_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    kept = table.Column<string>(type: "TEXT", nullable: true),
                    purged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    blocks = table.Column<string>(type: "TEXT", nullable: false),
                    blobs = table.Column<string>(type: "TEXT", nullable: false),
                    persons = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_purge_items", x => new { x.list_id, x.subject_id });
                });

            migrationBuilder.CreateTable(
                name: "purge_lists",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    proposed_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seconded_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    seconded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    approved_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    approved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    dropped_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    dropped_at = table.Column<long>(type: "INTEGER", nullable: true),
                    drop_reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    certificate = table.Column<string>(type: "TEXT", nullable: true),
                    certificate_sha256 = table.Column<string>(type: "TEXT", nullable: true),
                    revision = table.Column<byte[]>(type: "BLOB", nullable: false)
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
