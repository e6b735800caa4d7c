using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>The value rules of the reporting format, which its schema cannot say: dates, lengths, what excludes what.</summary>
/// <remarks>
/// From the public documentation (page revision 2025-06-11). Holds for a document that the schema took. Faults name
/// elements and never quote their content. One for each document.
/// </remarks>
internal sealed class SubmissionRules(XmlTree tree, DateTimeOffset now)
{
    /// <summary>How far a sender's clock may run ahead: "now" is a common incident time.</summary>
    private static readonly TimeSpan _clockLead = TimeSpan.FromSeconds(30);
    private const int FaultsMax = 50;
    private const int UrlCharsMax = 2083;

    /// <summary>Longest text of an element, in characters; what differs by where it stands is in <see cref="LengthMax"/>.</summary>
    private static readonly FrozenDictionary<string, int> _lengths = new Dictionary<string, int>
    {
        ["platform"] = 256, ["escalateToHighPriority"] = 3000, ["incidentDateTimeDescription"] = 3000, ["agencyName"] = 255, ["caseNumber"] = 100,
        ["chatClient"] = 255, ["chatRoomName"] = 255, ["gameName"] = 255, ["console"] = 255, ["locationName"] = 255, ["client"] = 255,
        ["vehicleDescription"] = 300, ["espIdentifier"] = 255, ["espService"] = 100, ["screenName"] = 256, ["displayName"] = 255,
        ["schoolName"] = 255, ["groupIdentifier"] = 255, ["phone"] = 50, ["phoneNumber"] = 50, ["@extension"] = 10, ["email"] = 255, ["emailAddress"] = 255,
        ["zipCode"] = 20, ["nonUsaState"] = 100, ["region"] = 255, ["middleName"] = 256, ["idType"] = 255, ["idValue"] = 2083,
        ["originalFileName"] = 2056, ["@hashType"] = 64, ["url"] = UrlCharsMax, ["profileUrl"] = UrlCharsMax, ["legalURL"] = UrlCharsMax, ["locationOfFile"] = UrlCharsMax,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly SearchValues<char> _ofAddresses = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static readonly SearchValues<char> _notInAddresses = SearchValues.Create("()<>[]:;\\,\"");

    private readonly List<BrokenRule> _broken = [];
    private readonly List<(long, Rejection)> _prior = [];
    private readonly HashSet<string> _accountEmails = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<int> _incidentEmails = [];

    public Examined Apply(bool isReport)
    {
        Walk(XmlTree.Root, "", isAccount: false);
        var (isBatched, number, file) = (false, 0L, "");
        if (isReport)
        {
            isBatched = Child(XmlTree.Root, "batchedReport") >= 0;
            Report(isBatched);
        }
        else
        {
            FileDetails();
            number = long.TryParse(TextOf(XmlTree.Root, "reportId"), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            file = TextOf(XmlTree.Root, "fileId").Trim();
        }
        return new Examined(Verdict.Valid)
        {
            Broken = [.. _broken.OrderBy(one => one.Fault.Line).ThenBy(one => one.Fault.Column)],
            IsBatched = isBatched, PriorReports = _prior, ReportNumber = number, FileId = file,
        };
    }

    /// <summary>What each element must keep by itself.</summary>
    /// <param name="isAccount">Inside of a reported person, a recipient or a victim.</param>
    private void Walk(int node, string parent, bool isAccount)
    {
        var (name, text) = (tree.Name(node), tree.Text(node));
        if (LengthMax(name, parent) is { } max && IsLonger(text, max)) Break(node, $"longer than {max} characters", "shorten it");
        switch (name)
        {
            case "incidentDateTime" or "dateTime" or "uploadedToEspTimestamp" or "@verificationDate" or "@disabledDate" or "@userNotifiedDate" or "@timestamp":
                Instant(node, text, mustBePast: true);
                break;
            case "@reenabledDate": Instant(node, text, mustBePast: false); break;
            case "dateOfBirth": BirthDate(node, text); break;
            case "escalateToHighPriority" or "idType" or "idValue" or "fileId": NotBlank(node, text); break;
            case "ipAddress": Ip(node, text); break;
            case "port": Range(node, text, 1, 65535); break;
            case "age" or "approximateAge": Range(node, text, 0, 150); break;
            case "url" or "profileUrl" or "legalURL" or "locationOfFile": Url(node, text); break;
            case "email" or "emailAddress": Email(node, text, parent, isAccount); break;
            case "phone" or "phoneNumber": Phone(node, text); break;
            case "estimatedLocation": Location(node); break;
            case "associatedAccount": Excludes(node, "approximateAge", "dateOfBirth"); break;
            case "accountTemporarilyDisabled" or "accountPermanentlyDisabled": Disabled(node); break;
            case "priorCTReports" or "priorCTReport": Prior(node, text); break;
        }
        var inAccount = isAccount || name is "personOrUserReported" or "intendedRecipient" or "victim";
        foreach (var child in tree.Of(node)) Walk(child, name, inAccount);
    }

    /// <summary>In characters, as the format counts: one outside of the basic plane is one, and two in memory.</summary>
    private static bool IsLonger(string text, int max) => text.Length > max && text.EnumerateRunes().Count() > max;

    private static int? LengthMax(string name, string parent) => (name, parent) switch
    {
        ("firstName" or "lastName", "associatedAccount") => 256,
        ("firstName" or "lastName", "contactPerson" or "officerContact") => null,
        ("firstName" or "lastName", _) => 100,
        ("espService" or "espIdentifier" or "groupIdentifier", "associatedAccount") => 256,
        ("city", "estimatedLocation") => 255,
        ("city", _) => 100,
        ("address", "address" or "incidentAddress") => 255,
        ("name", "newsgroupIncident") => 255,
        ("name", "nameValuePair") => 64,
        _ => _lengths.TryGetValue(name, out var max) ? max : null,
    };

    private void Report(bool isBatched)
    {
        int reported = 0, second = -1, reportingPerson = -1;
        foreach (var part in tree.Of(XmlTree.Root))
        {
            switch (tree.Name(part))
            {
                case "personOrUserReported" when ++reported == 2: second = part; break;
                case "reporter": reportingPerson = Child(part, "reportingPerson"); break;
            }
            if (isBatched) BatchedPart(part);
        }
        if (second >= 0 && !isBatched) Break(second, "stands more than once", "only a batched report may name several");
        if (reportingPerson >= 0 && !HasEmail(reportingPerson))
            Break(reportingPerson, "carries no email", "give the reporter's email address", mayBeWaived: true);
        foreach (var node in _incidentEmails)
        {
            if (!_accountEmails.Contains(tree.Text(node).Trim()))
                Break(node, "is on nobody of this report", "give the address as an email of the person reported, a recipient or a victim", mayBeWaived: true);
        }
    }

    private void BatchedPart(int part)
    {
        switch (tree.Name(part))
        {
            case "internetDetails" or "lawEnforcement" or "intendedRecipient" or "victim" or "additionalInfo":
                Break(part, "may not stand in a batched report", "leave it out");
                break;
            case "incidentSummary" when Child(part, "escalateToHighPriority") is >= 0 and var escalation:
                Break(escalation, "may not stand in a batched report", "leave it out, or report the incident by itself");
                break;
            case "personOrUserReported":
                foreach (var member in tree.Of(part))
                {
                    if (tree.Name(member) == "espIdentifier") continue;
                    Break(member, "may not stand here in a batched report", "give espIdentifier alone");
                    break;
                }
                break;
        }
    }

    private void FileDetails()
    {
        if (IsTrue("exifViewedByEsp") && !IsTrue("fileViewedByEsp"))
            Break(Child(XmlTree.Root, "exifViewedByEsp"), "is true although fileViewedByEsp is not", "who saw the EXIF data has viewed the file");
        var annotations = Child(XmlTree.Root, "fileAnnotations");
        if (TextOf(XmlTree.Root, "fileRelevance") == "Supplemental Reported")
        {
            if (Child(XmlTree.Root, "industryClassification") is >= 0 and var classification)
                Break(classification, "may not stand with a supplemental file", "leave it out, or call the file Reported");
            var meme = IsTrue("potentialMeme") ? Child(XmlTree.Root, "potentialMeme") : annotations >= 0 ? Child(annotations, "potentialMeme") : -1;
            if (meme >= 0) Break(meme, "may not stand with a supplemental file", "leave it out, or call the file Reported");
            Break(Child(XmlTree.Root, "fileRelevance"), "must be Reported in a batched report", "call the file Reported", ofBatch: true);
        }
        var marks = false;
        if (annotations >= 0)
        {
            foreach (var mark in tree.Of(annotations))
            {
                if (tree.Name(mark) is "viral" or "potentialMeme") marks = true;
                else Break(mark, "may not stand in a batched report", "give viral or potentialMeme alone", ofBatch: true);
            }
        }
        if (!marks && !IsTrue("potentialMeme"))
            Break(XmlTree.Root, "carries neither viral nor potentialMeme", "a file of a batched report carries one or both", ofBatch: true);
        foreach (var part in tree.Of(XmlTree.Root))
        {
            if (tree.Name(part) is "originalFileName" or "locationOfFile" or "originalFileHash" or "ipCaptureEvent" or "deviceId" or "details" or "additionalInfo")
                Break(part, "may not stand in a batched report", "leave it out", ofBatch: true);
        }
    }

    private void Instant(int node, string text, bool mustBePast)
    {
        if (Readings.Instant(text) is not { } instant) Break(node, "is no date and time that exists", "write it as 2026-03-04T10:15:00Z");
        else if (!instant.ZoneKnown) Break(node, "names no time zone", "end it with Z or an offset such as -05:00");
        else if (mustBePast && instant.At > now + _clockLead) Break(node, "lies in the future", "give the time at which it happened");
    }

    private void BirthDate(int node, string text)
    {
        var date = Readings.Date(text.Trim());
        if (!date.IsUnknown && string.CompareOrdinal(date.ToString(), now.UtcDateTime.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) > 0)
            Break(node, "lies in the future", "give the date of birth, or leave it out");
    }

    private void NotBlank(int node, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) Break(node, "is blank", "give its value, or leave it out where the format allows");
    }

    /// <summary>What would be compared as another address, or as none, is not taken; nor are brackets, a zone, or blanks around.</summary>
    private void Ip(int node, string text)
    {
        if (text.AsSpan().ContainsAnyExcept(_ofAddresses) || NormalForms.Ip(text) is null) Break(node, "is no IP address", "write IPv4 as 192.0.2.10, IPv6 as 2001:db8::1");
    }

    private void Range(int node, string text, int min, int max)
    {
        if (Readings.Whole(text, min, max) is null) Break(node, $"lies outside of {min} to {max}", "correct it, or leave it out");
    }

    private void Url(int node, string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter) && !char.IsControl(letter)) continue;
            Break(node, "holds a space or a control character", "write the address without, encoded as %20 where it must be");
            return;
        }
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !text.StartsWith(url.Scheme + ":", StringComparison.OrdinalIgnoreCase))
            Break(node, "is no complete URL", "begin it with its scheme, such as https://", mayBeWaived: true);
    }

    private void Email(int node, string text, string parent, bool isAccount)
    {
        var address = text.Trim();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (!IsAddress(text)) Break(node, "is no e-mail address", "write it as name@example.com");
        else if (at > 64) Break(node, "has more than 64 characters before the @", "correct the address");
        if (parent is "emailIncident" or "newsgroupIncident") _incidentEmails.Add(node);
        else if (isAccount) _accountEmails.Add(address);
        Verified(node);
    }

    /// <summary>As mail knows it (RFC 5321), and letters of any script; without blanks around, or what belongs beside an address in a letter's head.</summary>
    private static bool IsAddress(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at != text.LastIndexOf('@') || text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))) return false;
        var (name, host) = (text[..at], text[(at + 1)..]);
        var isQuoted = name.Length > 2 && name[0] == '"' && name[^1] == '"';
        var isNumeric = host is ['[', .. var inner, ']'] && NormalForms.Ip(inner.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? inner[5..] : inner) is not null;
        return (isQuoted || AreParts(name)) && (isNumeric || (AreParts(host) && !host.Split('.').Any(part => part[0] == '-' || part[^1] == '-')));

        static bool AreParts(string text) => !text.AsSpan().ContainsAny(_notInAddresses) && !text.Split('.').Contains("");
    }

    private void Phone(int node, string text)
    {
        if (tree.Attribute(node, "@countryCallingCode") is { } code && NormalForms.BeginsWithCode(text, code))
            Break(node, "begins with the calling code that stands beside it", "give the code once, in countryCallingCode");
        Verified(node);
    }

    private void Verified(int node)
    {
        if (tree.Attribute(node, "@verificationDate") is not null && Readings.Flag(tree.Attribute(node, "@verified")) != Stated.Yes)
            Break(node, "has a verificationDate but is not verified", "say verified=\"true\", or leave the date out");
    }

    private void Location(int node)
    {
        var (country, region, city) = (Child(node, "countryCode"), TextOf(node, "region"), TextOf(node, "city"));
        if (country >= 0) NotBlank(country, tree.Text(country));
        if (!string.IsNullOrWhiteSpace(city) && string.IsNullOrWhiteSpace(region)) Break(node, "gives a city and no region", "give the region, or leave the city out");
        else if (region.Length > 0 && country >= 0 && tree.Text(country) == "US" && !TipSchema.States.Contains(region))
            Break(node, "its region is no state of the US", "give the two letters of the state");
    }

    private void Excludes(int node, string one, string other)
    {
        if (Child(node, one) is >= 0 and var first && Child(node, other) >= 0) Break(first, $"stands beside {other}", "give one of the two");
    }

    private void Disabled(int node)
    {
        if (Readings.Instant(tree.Attribute(node, "@disabledDate")) is not { } disabled) return;
        if (Readings.Instant(tree.Attribute(node, "@reenabledDate")) is { } again && again.At <= disabled.At)
            Break(node, "was enabled again before it was disabled", "correct reenabledDate or disabledDate");
        if (Readings.Instant(tree.Attribute(node, "@userNotifiedDate")) is { } told && told.At < disabled.At)
            Break(node, "its user was notified before it was disabled", "correct userNotifiedDate or disabledDate");
    }

    private void Prior(int node, string text)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)) return;
        _prior.Add((number, Fault(node, "names no report that is there", "give the number of a report that was finished, or of an open one of your own")));
    }

    private bool HasEmail(int person)
    {
        foreach (var part in tree.Of(person))
            if (tree.Name(part) == "email" && !string.IsNullOrWhiteSpace(tree.Text(part))) return true;
        return false;
    }

    private bool IsTrue(string name) => Readings.Flag(TextOf(XmlTree.Root, name)) == Stated.Yes;

    private string TextOf(int node, string name) => Child(node, name) is >= 0 and var child ? tree.Text(child) : "";

    /// <returns>The first child of that name; -1 when there is none.</returns>
    private int Child(int node, string name)
    {
        foreach (var child in tree.Of(node))
            if (tree.Name(child) == name) return child;
        return -1;
    }

    private void Break(int node, string reason, string mend, bool mayBeWaived = false, bool ofBatch = false)
    {
        // Bounded by kind: fifty that may be waived must not hide one that may not.
        if (_broken.Count(one => one.MayBeWaived == mayBeWaived && one.OfBatch == ofBatch) < FaultsMax)
            _broken.Add(new(Fault(node, reason, mend), mayBeWaived, ofBatch));
    }

    private Rejection Fault(int node, string reason, string mend)
    {
        var (line, column) = tree.At(node);
        return new(line, column, tree.Path(node), $"{tree.Name(node)} {reason}", mend);
    }
}
