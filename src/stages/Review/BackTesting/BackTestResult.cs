using Homeward.Intake;

namespace Homeward.Review.BackTesting;

/// <summary>How soon an order of the queue reaches the reports that led to a child.</summary>
/// <param name="Order">What orders it: the day of arrival, or a version of the rules.</param>
/// <param name="Found">Share of the children found after 0, 1, 2 … 100 in 100 of the queue.</param>
/// <param name="MedianRank">Of the children's first reports; null where there are none.</param>
public sealed record GainCurve(string Order, IReadOnlyList<double> Found, double? MedianRank);

/// <summary>A child whose first report stands much further down than before.</summary>
/// <param name="Before">Its rank in the order that is compared with.</param>
public sealed record MovedChild(string LeadNumber, LeadId Lead, string ReportNumber, ReportId Report, string Kind, int Before, int After);

/// <summary>A part of a group, with the interval in which its share lies (95 in 100).</summary>
/// <param name="Share">Null where the count is too small to be shown or the group too small to say; then the interval is null too.</param>
public sealed record Part(double? Share, double? Low, double? High);

/// <summary>Reports of one group that name a child or an account of one, and how the order of the queue treats them.</summary>
/// <param name="Reports">Null where the count is not shown .</param>
/// <param name="Children">Found children whose first report lies in the group; null where not shown.</param>
/// <param name="MedianPlace">In hundredths of the queue: 0 is its head.</param>
/// <param name="DiffersFromOthers">The interval of its share in the first fifth lies wholly beside that of the other groups that are told.</param>
public sealed record GroupLine(
    string Group, int? Reports, int? Children, Part FirstFifth, double? MedianPlace, Part Matched, Part ReadTwice, Part SetAside, bool DiffersFromOthers);

/// <param name="By">origin of the family name, sex, size of the place, state.</param>
public sealed record Fairness(string By, IReadOnlyList<GroupLine> Groups);

/// <summary>What a back-test found.</summary>
/// <param name="Reports">In the queue: received within the initiative's days.</param>
/// <param name="Children">Found children with a report among them that people confirmed.</param>
/// <param name="ReportsOfChildren">The reports that led to them.</param>
/// <param name="ChildrenElsewhere">Found by a lead that no report of these days carries: a tip, a referral, an earlier report.</param>
/// <param name="Curves">By arrival, by the version in force, and by the version that was tried where it is another.</param>
/// <param name="Compared">The order with which <paramref name="MovedDown"/> compares.</param>
/// <param name="NamingAChild">Reports that name a child or an account of one: those whose groups are compared.</param>
/// <param name="Above">Reports above the referral threshold, by the version that was tried; a no to each needs a second reader.</param>
/// <param name="AboveInForce">The same by the version in force.</param>
public sealed record BackTestResult(
    int Reports, int Children, int ReportsOfChildren, int ChildrenElsewhere, IReadOnlyList<GainCurve> Curves, string Compared,
    IReadOnlyList<MovedChild> MovedDown, int Above, int AboveInForce, int NamingAChild, IReadOnlyList<Fairness> Fairness);
