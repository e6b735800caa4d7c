namespace Homeward.Exchange.CyberTips;

/// <summary>Which extraction of reports this program does.</summary>
/// <remarks>
/// Raised when a reader, or what is drawn out of what it read, gives other persons, identifiers, files or marks for the same bytes:
/// reports that an older one extracted can then be extracted anew, with the difference shown.
/// 1: persons, accounts, telephones, addresses, devices, places. 2: plates of vehicles. 3: IDs of accounts, a tag
/// number of a vehicle by itself, lines of a print without their colon; an IPv4 address with leading zeros is none, it was read as octal. 4: what a print breaks
/// within a word in a narrow column is one word again; a local telephone number is compared with none, and each of several in a field is drawn;
/// addresses on the web that are the same by RFC 3986 have one form. 5: a region or a country alone is a place, and a country is its two
/// letters however it is written; of a print each address, screen name and account ID of a person, the telephone and screen name of an incident and
/// the vehicle; a device with its kind, of an IMEI and its like the bare number. 6: an account ID is its company's, whatever service is named; of a
/// file that came with a report, its own hash beside those that are stated. 7: of a print, what stands at the edges of its pages, fields beside each other and
/// letters that are set as one, and nothing in the provider's words as NCMEC's; what was captured, however its kind is written; a text with half of a character.
/// </remarks>
public static class Extractor
{
    public const int Version = 7;
}
