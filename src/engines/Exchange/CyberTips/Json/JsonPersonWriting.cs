using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Writes persons, each with the accounts that belong to it.</summary>
internal sealed class JsonPersonWriting(Utf8JsonWriter json, CyberTipReport report)
{
    public void All(TipRole role, string outer, string inner)
    {
        var open = false;
        for (var i = 0; i < report.Persons.Count; i++)
        {
            if (report.Persons[i].Role != role) continue;
            if (!open) json.OpenWrapped(outer, inner);
            open = true;
            Person(i, report.Persons[i]);
        }
        if (open) json.CloseWrapped();
    }

    private void Person(int index, TipPerson person)
    {
        json.WriteStartObject();
        json.Text("accountType", person.AssociatedAs);
        json.Text("firstName", person.Given);
        json.Text("middleName", person.Middle);
        json.Text("lastName", person.Family);
        json.Text("preferredName", person.Preferred);
        json.Text("gender", person.Sex switch { "F" => "Female", "M" => "Male", _ => null });
        json.Text("dateOfBirth", person.Born.ToString());
        if (person.Age is { } age) json.WriteNumber("approximateAge", age);
        json.Text("espService", person.Service);
        json.Text("espUserId", person.AccountId);
        if (person.ScreenName is { } screenName)
        {
            json.WritePropertyName("screenName");
            json.Valued(screenName);
        }
        json.Wrapped("displayNames", person.DisplayNames);
        json.Wrapped("emails", person.Emails, JsonFieldWriting.Email);
        json.Wrapped("phones", person.Phones, JsonFieldWriting.Phone);
        json.Wrapped("addresses", person.Addresses, JsonFieldWriting.Address);
        json.Wrapped("priorCTReports", person.PriorReports);
        json.FirstText(report, TextKind.PhysicalDescription, index, "physicalDescription");
        json.FirstText(report, TextKind.Vehicle, index, "vehicleDescription");
        json.FirstText(report, TextKind.School, index, "schoolName");
        json.FirstText(report, TextKind.ProfileBio, index, "profileBio");
        if (person.EstimatedLocation is { } location) Location(location);
        json.Captures(JsonFields.ProfileCapture, person.ProfileUrls, person.Ips, person.Devices);
        json.Infos(report, TextKind.PersonInfo, index, "additionalInformations");
        Associated(index);
        json.WriteEndObject();
    }

    private void Associated(int holder)
    {
        var open = false;
        for (var i = 0; i < report.Persons.Count; i++)
        {
            if (report.Persons[i].AssociatedWith != holder) continue;
            if (!open) json.OpenWrapped("associatedAccounts", "associatedAccounts");
            open = true;
            Person(i, report.Persons[i]);
        }
        if (open) json.CloseWrapped();
    }

    private void Location(TipLocation location)
    {
        json.WriteStartObject("estimatedLocation");
        json.Text("city", location.City);
        json.Text("region", location.Region);
        json.Text("countryCode", location.Country);
        json.Flag("verified", location.Verified);
        json.Text("timestamp", location.At?.Text);
        json.WriteEndObject();
    }
}
