using System.Xml;
using System.Xml.Schema;
using System.Xml.Serialization;
using Homeward.Exchange.CyberTips.Xml;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Bench.Intake;

/// <summary>The straightforward way to take reports in: the platform's serializer behind the validating reader, rows by EF Core, a save for each report.</summary>
/// <remarks>It does less: it keeps the text as it came, knows who shares an identifier, and neither matches, ranks, seals nor traces.</remarks>
public static class PlainBulk
{
    private static readonly XmlSerializer _serializer = new(typeof(Report));

    /// <returns>Reports a second.</returns>
    public static async Task<double> RunAsync(bool isSqlite, string connection, IReadOnlyList<(string Path, byte[] Xml)> reports)
    {
        await using (var db = new PlainDb(isSqlite, connection)) await db.Database.EnsureCreatedAsync();
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (var (path, xml) in reports)
        {
            await using var db = new PlainDb(isSqlite, connection);
            var report = Read(xml);
            var row = new PlainReport { Number = Path.GetFileNameWithoutExtension(path), Platform = report.Summary!.Platform, Xml = xml };
            foreach (var value in Identifiers(report)) row.Identifiers.Add(new PlainIdentifier { Value = value });
            foreach (var victim in report.Victims) row.Persons.Add(new PlainPerson { Given = victim.Person?.First, Family = victim.Person?.Last });
            var values = row.Identifiers.Select(one => one.Value).ToList();
            row.SharedWith = await db.Set<PlainIdentifier>().CountAsync(one => values.Contains(one.Value));
            db.Add(row);
            await db.SaveChangesAsync();
        }
        return reports.Count / System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static Report Read(byte[] xml)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, Schemas = Schemas.Value };
        settings.ValidationEventHandler += (_, fault) => throw fault.Exception;
        using var reader = XmlReader.Create(new MemoryStream(xml), settings);
        return (Report)_serializer.Deserialize(reader)!;
    }

    private static readonly Lazy<XmlSchemaSet> Schemas = new(() =>
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        using var schema = XmlReader.Create(TipSchema.Open());
        set.Add(null, schema);
        set.Compile();
        return set;
    });

    private static IEnumerable<string> Identifiers(Report report) =>
    [
        .. report.Internet.SelectMany(one => one.WebPage?.Urls ?? []),
        .. report.Suspects.SelectMany(one => (string?[])[.. one.Person?.Emails ?? [], one.ScreenName, .. one.Ips.Select(ip => ip.Address)]).OfType<string>(),
        .. report.Victims.SelectMany(one => (string[])[.. one.Person?.Emails ?? [], .. one.Person?.Phones ?? []]),
    ];

    [XmlRoot("report")]
    public sealed class Report
    {
        [XmlElement("incidentSummary")] public Summary? Summary { get; set; }
        [XmlElement("internetDetails")] public List<Internet> Internet { get; set; } = [];
        [XmlElement("personOrUserReported")] public List<Suspect> Suspects { get; set; } = [];
        [XmlElement("victim")] public List<Victim> Victims { get; set; } = [];
        [XmlElement("additionalInfo")] public string? Info { get; set; }
    }

    public sealed class Summary
    {
        [XmlElement("incidentType")] public string? IncidentType { get; set; }
        [XmlElement("platform")] public string? Platform { get; set; }
        [XmlElement("incidentDateTime")] public DateTime At { get; set; }
    }

    public sealed class Internet
    {
        [XmlElement("webPageIncident")] public WebPage? WebPage { get; set; }
    }

    public sealed class WebPage
    {
        [XmlElement("url")] public List<string> Urls { get; set; } = [];
    }

    public sealed class Suspect
    {
        [XmlElement("personOrUserReportedPerson")] public Person? Person { get; set; }
        [XmlElement("screenName")] public string? ScreenName { get; set; }
        [XmlElement("ipCaptureEvent")] public List<Ip> Ips { get; set; } = [];
    }

    public sealed class Victim
    {
        [XmlElement("victimPerson")] public Person? Person { get; set; }
    }

    public sealed class Person
    {
        [XmlElement("firstName")] public string? First { get; set; }
        [XmlElement("lastName")] public string? Last { get; set; }
        [XmlElement("phone")] public List<string> Phones { get; set; } = [];
        [XmlElement("email")] public List<string> Emails { get; set; } = [];
    }

    public sealed class Ip
    {
        [XmlElement("ipAddress")] public string? Address { get; set; }
    }

    private sealed class PlainDb(bool isSqlite, string connection) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            _ = isSqlite ? optionsBuilder.UseSqlite($"Data Source={connection}") : optionsBuilder.UseNpgsql(connection);

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<PlainReport>().HasIndex(row => row.Number).IsUnique();
            modelBuilder.Entity<PlainIdentifier>().HasIndex(row => row.Value);
        }
    }

    private sealed class PlainReport
    {
        public long Id { get; set; }
        public required string Number { get; set; }
        public string? Platform { get; set; }
        public required byte[] Xml { get; set; }
        public int SharedWith { get; set; }
        public List<PlainPerson> Persons { get; } = [];
        public List<PlainIdentifier> Identifiers { get; } = [];
    }

    private sealed class PlainPerson
    {
        public long Id { get; set; }
        public string? Given { get; set; }
        public string? Family { get; set; }
    }

    private sealed class PlainIdentifier
    {
        public long Id { get; set; }
        public required string Value { get; set; }
    }
}
