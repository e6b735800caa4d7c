using System.Globalization;
using System.Xml;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Writes the account blocks, each in its own order (see the table in the README).</summary>
internal sealed class XmlPersonWriting(XmlWriter xml, CyberTipReport report)
{
    public void All(TipRole role, string block, string inner)
    {
        for (var i = 0; i < report.Persons.Count; i++)
        {
            if (report.Persons[i].Role == role) Account(i, report.Persons[i], block, inner);
        }
    }

    private void Account(int index, TipPerson person, string block, string inner)
    {
        xml.WriteStartElement(block);
        xml.WriteStartElement(inner);
        xml.Field("firstName", person.Given);
        xml.Field("lastName", person.Family);
        Contacts(person);
        Whole("age", person.Age);
        Born(person);
        xml.WriteEndElement();
        if (person.Role == TipRole.Reported) xml.FirstText(report, TextKind.Vehicle, index, "vehicleDescription");
        xml.Field("espIdentifier", person.AccountId);
        xml.Field("espService", person.Service);
        xml.Field("screenName", person.ScreenName);
        foreach (var name in person.DisplayNames) xml.Field("displayName", name);
        foreach (var url in person.ProfileUrls) xml.Field("profileUrl", url);
        xml.FirstText(report, TextKind.ProfileBio, index, "profileBio");
        foreach (var ip in person.Ips) xml.Ip(ip);
        foreach (var device in person.Devices) xml.Device(device);
        if (person.Role == TipRole.Victim) xml.FirstText(report, TextKind.School, index, "schoolName");
        foreach (var prior in person.PriorReports) xml.Field("priorCTReports", prior);
        if (person.EstimatedLocation is { } location) Location(location);
        if (person.Role != TipRole.Recipient)
        {
            for (var i = 0; i < report.Persons.Count; i++)
            {
                if (report.Persons[i].AssociatedWith == index) Associated(i, report.Persons[i]);
            }
        }
        xml.FirstText(report, TextKind.PersonInfo, index, "additionalInfo");
        xml.WriteEndElement();
    }

    private void Associated(int index, TipPerson person)
    {
        xml.WriteStartElement("associatedAccount");
        xml.WriteAttributeString("type",
            person.AssociatedAs is { } type && TipSchema.AssociatedTypes.Contains(type) ? type : "Other");
        xml.Field("firstName", person.Given);
        xml.Field("middleName", person.Middle);
        xml.Field("lastName", person.Family);
        if (!person.Born.IsFull) Whole("approximateAge", person.Age);   // the two exclude each other
        Born(person);
        Contacts(person);
        xml.Field("espService", person.Service);
        xml.Field("espIdentifier", person.AccountId);
        foreach (var url in person.ProfileUrls) xml.Field("profileUrl", url);
        xml.Field("screenName", person.ScreenName);
        foreach (var name in person.DisplayNames) xml.Field("displayName", name);
        xml.FirstText(report, TextKind.ProfileBio, index, "profileBio");
        foreach (var ip in person.Ips) xml.Ip(ip);
        foreach (var device in person.Devices) xml.Device(device);
        foreach (var prior in person.PriorReports) xml.Field("priorCTReport", prior);
        xml.FirstText(report, TextKind.PersonInfo, index, "additionalInfo");
        xml.WriteEndElement();
    }

    private void Contacts(TipPerson person)
    {
        foreach (var phone in person.Phones) xml.Phone("phone", phone);
        foreach (var email in person.Emails) xml.Email("email", email);
        foreach (var address in person.Addresses) xml.Address("address", address);
    }

    private void Location(TipLocation location)
    {
        xml.WriteStartElement("estimatedLocation");
        xml.FlagAttribute("verified", location.Verified);
        if (location.At is { } at) xml.WriteAttributeString("timestamp", at.Text);
        xml.Field("city", location.City);
        xml.Field("region", location.Region);
        if (location.Country is { } country && TipSchema.Countries.Contains(country)) xml.Field("countryCode", country);
        xml.WriteEndElement();
    }

    private void Born(TipPerson person)
    {
        if (person.Born.IsFull) xml.WriteElementString("dateOfBirth", person.Born.ToString());
    }

    private void Whole(string name, int? number)
    {
        if (number is { } given) xml.WriteElementString(name, given.ToString(CultureInfo.InvariantCulture));
    }
}
