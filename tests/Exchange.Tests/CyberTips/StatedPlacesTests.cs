using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Pdf;
using Homeward.Exchange.CyberTips.Xml;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>A place is compared however little of it is stated, and its country by one code in every form.</summary>
public sealed class StatedPlacesTests
{
    [Theory]
    [InlineData("Kansas City", "mo", "64106-1234", "US", "kansas city/MO/64106/US")]
    [InlineData(null, "MO", null, "US", "/MO//US")]
    [InlineData(null, "Bavaria", null, null, "/BAVARIA//")]
    [InlineData(null, null, null, "US", "///US")]
    // What means no country places nobody by itself.
    [InlineData(null, null, null, "A1", null)]
    [InlineData(null, null, null, "withheld", null)]
    [InlineData("Exampletown", null, null, "A1", "exampletown///A1")]
    [InlineData(null, " ", " ", " ", null)]
    [InlineData(null, null, null, null, null)]
    public void A_region_or_a_country_alone_is_a_place(string? city, string? state, string? zip, string? country, string? expected) =>
        NormalForms.Place(city, state, zip, country).ShouldBe(expected);

    [Fact]
    public void An_estimate_in_XML_without_a_city_places_the_victim()
    {
        var report = CyberTipXml.Read(Given.Utf8("""
            <report><incidentSummary><incidentType>Child Sex Trafficking</incidentType><incidentDateTime>2019-07-01T10:00:00Z</incidentDateTime></incidentSummary>
            <reporter><reportingPerson/></reporter>
            <personOrUserReported><estimatedLocation><city>Manila</city><countryCode>PH</countryCode></estimatedLocation></personOrUserReported>
            <victim><victimPerson/><estimatedLocation verified="true"><region>MO</region><countryCode>US</countryCode></estimatedLocation></victim>
            <victim><victimPerson/><estimatedLocation><countryCode>US</countryCode></estimatedLocation></victim></report>
            """), "100200300").Value;
        report.Identifiers.Select(one => (one.Normalised, one.Person)).ShouldBe([("manila///PH", 0), ("/MO//US", 1), ("///US", 2)]);
    }

    [Theory]
    [InlineData("United States", "US"), InlineData("USA", "US"), InlineData("us", "US"), InlineData("U.S.A.", "US"), InlineData("Puerto Rico", "PR")]
    [InlineData("Philippines", "PH"), InlineData("withheld", "withheld")]
    public void A_country_is_its_code_in_JSON_and_in_the_print_and_what_stands_there_is_kept(string written, string country)
    {
        var json = CyberTipJson.Read(Given.Utf8("""
            {"reportId":1,"automatedInformation":{"ipLookups":{"ipLookups":[{"ipAddress":"192.0.2.7","country":"WRITTEN"}]}},"reportedInformation":{"victims":{"victims":[
             {"addresses":{"addresses":[{"city":"Exampletown","country":"WRITTEN"}]},"estimatedLocation":{"city":"Samplewick","countryCode":"WRITTEN"}}]}}}
            """.Replace("WRITTEN", written, StringComparison.Ordinal))).Value;
        var pdf = CyberTipPdf.Read(PrintedReport.Of("1002003", $"""
            Section A: Reported Information
            Child Victim
            City: Exampletown
            Country: {written}
            Section B: Automated Information Added by NCMEC Systems
            IP Address: 192.0.2.7
            Country: {written}
            """)).Value;
        json.Persons[0].EstimatedLocation!.Country.ShouldBe(country);
        foreach (var report in new[] { json, pdf })
        {
            report.Persons[0].Addresses.ShouldHaveSingleItem().Country.ShouldBe(country);
            report.Identifiers[0].Normalised.ShouldBe($"exampletown///{country.ToUpperInvariant()}");
            report.Lookups.ShouldHaveSingleItem().Country.ShouldBe(country);
            report.Values.Where(value => value.Path.Contains("ountry", StringComparison.Ordinal)).ShouldAllBe(value => value.Text == written);
        }
    }
}
