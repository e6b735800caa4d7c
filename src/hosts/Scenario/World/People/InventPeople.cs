using System.Globalization;
using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Scenario.World.People;

/// <summary>Invents people: names as frequent as they are in the nation, numbers and addresses that nobody has.</summary>
/// <remarks>
/// Phones are of 555-0100 to 555-0199, kept for fiction by the North American Numbering Plan; mail domains are
/// those of RFC 2606; services are no company's.
/// </remarks>
internal sealed class InventPeople(InventedNames names)
{
    public static IReadOnlyList<string> Services { get; } =
        ["Example Chat", "Example Pictures", "Example Market", "Example Games", "Example Video"];

    private static readonly string[] Domains = ["example.com", "example.org", "example.net", "mail.example"];
    private static readonly string[] Words =
        ["lake", "moss", "comet", "pixel", "maple", "river", "onyx", "north", "violet", "paper", "echo", "amber", "copper", "quiet"];
    // Area codes of all states: the range kept for fiction has only a hundred lines in each.
    private static readonly string[] AreaCodes = (
        "201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 " +
        "248 251 252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 " +
        "315 316 317 318 319 320 321 323 325 330 331 334 336 337 339 347 351 352 360 361 386 401 402 404 405 " +
        "406 407 408 409 410 412 413 414 415 417 419 423 424 425 432 434 435 440 443 469 470 478 479 480 484 " +
        "501 502 503 504 505 507 508 509 510 512 513 515 516 517 518 520 530 540 541 551 559 561 562 563 567 " +
        "570 571 573 574 575 580 585 586 601 602 603 605 606 607 608 609 610 612 614 615 616 617 618 619 620 " +
        "623 626 630 631 636 641 646 650 651 660 661 662 678 682 701 702 703 704 706 707 708 712 713 714 715 " +
        "716 717 718 719 720 724 727 731 732 734 740 754 757 760 763 765 770 772 773 774 775 781 785 786 801 " +
        "802 803 804 805 806 808 810 812 813 814 815 816 817 818 828 830 831 832 843 845 847 850 856 857 858 " +
        "859 860 863 864 865 870 901 903 904 906 907 908 909 910 912 913 914 915 916 917 918 919 920 925 928 " +
        "931 936 937 940 941 947 949 951 952 954 956 970 971 972 973 978 979 980 985 989").Split(' ');

    /// <summary>Lines of children who are or may be entered as missing; all others have the rest, so that none calls another's by chance.</summary>
    private const int LinesOfMissing = 60;

    /// <summary>A child whose age stays within the limits from one day to another.</summary>
    public Identity Child(Dice dice, DateOnly from, DateOnly to, int ageMin = 12, int ageMax = 17, bool mayBeMissing = true)
    {
        // The weights of the field: most are 14 to 17.
        var youngest = to.AddYears(-ageMax - 1).AddDays(1);
        var oldest = from.AddYears(-ageMin);
        var span = oldest.DayNumber - youngest.DayNumber;
        var back = dice.Unit("age");
        return Person(dice, youngest.AddDays((int)(span * back * Math.Sqrt(back))), dice.Chance(0.84, "sex") ? "F" : "M", mayBeMissing: mayBeMissing);
    }

    public Identity Adult(Dice dice, DateOnly on, double shareFemale)
    {
        var born = on.AddYears(-19).AddDays(-dice.Below(9000, "age"));
        return Person(dice, born, dice.Chance(shareFemale, "sex") ? "F" : "M", mayBeMissing: false);
    }

    public Identity Person(Dice dice, DateOnly born, string sex, string? family = null, string? given = null, bool mayBeMissing = true)
    {
        var girls = sex == "F";
        given ??= names.Given(girls, born.Year).Pick(dice.Unit("given"));
        family ??= Family(dice);
        var nicknames = names.NicknamesOf(given).Where(nick => nick.Length > 1 && !nick.Equals(given, StringComparison.OrdinalIgnoreCase)).ToList();
        var handle = Handle(dice, mayBeMissing);
        return new Identity(given, dice.Chance(0.4, "has middle") ? names.Given(girls, born.Year).Pick(dice.Unit("middle")) : null, family, born, sex)
        {
            Nickname = nicknames.Count > 0 ? dice.Pick(nicknames, "nickname") : given,
            Alias = new(names.Given(girls, born.Year).Pick(dice.Unit("alias given")), names.Surnames.Pick(dice.Unit("alias family"))),
            Phone = Phone(dice, mayBeMissing),
            Email = $"{Letters(handle)}@{dice.Pick(Domains, "domain")}",
            ScreenName = new(dice.Pick(Services, "service"), handle),
        };
    }

    /// <summary>A given name of the same sex and time that is another's, and no short form of it.</summary>
    public string OtherGiven(Dice dice, Identity than)
    {
        for (var attempt = 0; ; attempt++)
        {
            var given = names.Given(than.Sex == "F", than.Born.Year).Pick(dice.For("other", attempt).Unit("given"));
            if (given[0] != than.Given[0] && !names.NicknamesOf(than.Given).Contains(given, StringComparer.OrdinalIgnoreCase)) return given;
            Ensure.That(attempt < 1000);
        }
    }

    private string Family(Dice dice)
    {
        var first = names.Surnames.Pick(dice.Unit("family"));
        return dice.Chance(0.05, "double name") ? $"{first}-{names.Surnames.Pick(dice.Unit("second family"))}" : first;
    }

    private static string Phone(Dice dice, bool mayBeMissing)
    {
        var line = mayBeMissing ? dice.Below(LinesOfMissing, "line") : dice.Between(LinesOfMissing, 99, "line");
        return string.Create(CultureInfo.InvariantCulture, $"+1{dice.Pick(AreaCodes, "area")}55501{line:00}");
    }

    /// <summary>An account is one person's: whoever may be missing has an even number, all others an odd one, as with telephones.</summary>
    private static string Handle(Dice dice, bool mayBeMissing)
    {
        var number = (int.Parse(dice.Digits(4, "handle"), CultureInfo.InvariantCulture) & ~1) + (mayBeMissing ? 0 : 1);
        return string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(Words, "first word")}{(dice.Chance(0.5, "joint") ? "_" : "")}{dice.Pick(Words, "second word")}{number:0000}");
    }

    private static string Letters(string handle) => handle.Replace("_", ".", StringComparison.Ordinal);
}
