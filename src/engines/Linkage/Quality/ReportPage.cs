namespace Homeward.Linkage;

/// <summary>The frame of a self-contained page: no scripts, nothing fetched; light, dark and on paper.</summary>
internal static class ReportPage
{
    private const string Style = """
        :root{--ink:#1b1b1b;--soft:#565c65;--paper:#fdfcfa;--line:#d6d3cd;--for:#14606b;--against:#a4461f;--rest:#9aa3a8}
        @media (prefers-color-scheme:dark){:root{--ink:#eceae6;--soft:#b5b9be;--paper:#17191c;--line:#3d4248;--for:#5fb9c4;--against:#e08a5f;--rest:#6b757c}}
        body{font:16px/1.5 "Public Sans",system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--paper)}
        h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1rem}h3{font-size:1rem}
        table{border-collapse:collapse;margin:.75rem 0;font-variant-numeric:tabular-nums}th,td{padding:.25rem .75rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
        th[scope=row]{font-weight:400}td.n{text-align:right}figure{margin:1.5rem 0;break-inside:avoid}figcaption{font-weight:600;margin-bottom:.5rem}
        svg{width:100%;height:auto;max-width:45rem}summary{cursor:pointer;color:var(--soft)}details{overflow-x:auto}
        .for,.a{fill:var(--for)}.against{fill:var(--against)}.b{fill:var(--rest)}.total{fill:var(--soft)}.grid{stroke:var(--line)}.mark{stroke:var(--ink)}
        .line{fill:none;stroke:var(--for)}.line.second{stroke:var(--against)}.line.third{stroke:var(--soft)}
        .notice{border-left:4px solid var(--against);padding:.25rem 1rem;margin:1rem 0}.soft{color:var(--soft)}
        @media print{body{margin:0;max-width:none;color:#000;background:#fff}details>*{display:revert}summary{display:none}h2{break-after:avoid}}
        """;

    public static string Frame(string title, string body) =>
        $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
        <title>{Svg.Html(title)}</title><style>{Style}</style></head>
        <body><main><h1>{Svg.Html(title)}</h1>
        {body}</main></body></html>

        """;
}
