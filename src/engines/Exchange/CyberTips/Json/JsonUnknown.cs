using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>What stands in the agency's JSON under keys that the reader does not know: kept beside as it stands, and told.</summary>
/// <remarks>A form without a public schema grows new keys. Keys are known by name wherever they stand, so that a document without new ones costs one quick pass.</remarks>
internal static class JsonUnknown
{
    private const int ToldMax = 50;
    private const int KeptMax = 2_000;
    private const int KeyBytesMax = 64;

    private static readonly FrozenSet<string> _known = """
        accountType additionalInformation additionalInformations addresses agencyName approximateAge associatedAccounts automatedInformation batchedReport bundle
        captureType caseNumber cellPhoneIncident chatImIncident city companyTemplate contactName contacts contents country countryCallingCode countryCode
        dateOfBirth dateReceived dateTime displayNames disposition emailIncident emails escalateToHighPriority espMetadata espName espService espUserId
        estimatedLocation eventName exifViewedByEsp fileAnnotations fileRelevance filename firstName gender groups hashType incidentDateTime incidentDateTimeDescription
        incidentDetails incidentSummary incidentType industryClassification intendedRecipients ipAddress ipLookups isp lastName latitude lawEnforcement
        lawEnforcementContact longitude metadatas middleName name ncmec ncmecTags newsgroupIncident nonInternetIncident notes onlineGamingIncident
        originalFileHashes originalFilename peer2peerIncident phone phones physicalDescription platform port possibleProxy postalCode preferredName
        priorCTReports priority profileBio publiclyAvailable reason region relatedReports reportAnnotations reportId reportedInformation reportedPeople
        reportedPersons reportedToLe reportingEsp room schoolName screenName sourceCaptures sourceInformation state street1 street2 submittalId summary
        tags timestamp type uploadedFiles uploadedToEspTimestamp urgent value vehicleDescription verificationHash verified victims viewedByEsp webpageIncident
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _knownSpans = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>One quick pass over a document: how many values and names it holds, and whether any name is not known.</summary>
    /// <exception cref="JsonException">It is not well-formed.</exception>
    public static (int Elements, bool IsAny) Scan(ReadOnlySpan<byte> document, int depthMax)
    {
        Span<char> key = stackalloc char[KeyBytesMax];
        var (elements, isAny) = (0, false);
        var json = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = depthMax });
        while (json.Read())
        {
            elements++;
            if (isAny || json.TokenType != JsonTokenType.PropertyName) continue;
            isAny = json.ValueSpan.Length > KeyBytesMax || json.ValueIsEscaped || !_knownSpans.Contains(key[..Encoding.UTF8.GetChars(json.ValueSpan, key)]);
        }
        return (elements, isAny);
    }

    public static CyberTipReport Keep(JsonElement root, CyberTipReport report)
    {
        List<FreeText> texts = [.. report.Texts];
        List<Remark> remarks = [.. report.Remarks];
        var count = 0;
        Walk(root, "");
        if (count > ToldMax) remarks.Add(new("", $"{count - ToldMax} more elements are not known here; kept beside"));
        return report with { Texts = texts, Remarks = remarks };

        void Walk(JsonElement at, string path)
        {
            if (at.ValueKind == JsonValueKind.Array)
            {
                var index = 0;
                foreach (var item in at.EnumerateArray()) Walk(item, $"{path}/{index++}");
            }
            if (at.ValueKind != JsonValueKind.Object) return;
            foreach (var member in at.EnumerateObject())
            {
                var place = $"{path}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
                if (_known.Contains(member.Name)) Walk(member.Value, place);
                else if (member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)) Take(place, member.Value);
            }
        }

        void Take(string path, JsonElement value)
        {
            // Null states nothing. What is beyond the bound lies in the original alone.
            if (++count <= KeptMax) texts.Add(new FreeText(TextKind.Unread, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), null, path));
            if (count <= ToldMax) remarks.Add(new Remark(path, "this element is not known here; kept beside"));
        }
    }
}
