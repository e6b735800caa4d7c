using System.Globalization;

namespace Homeward.Linkage.Splink;

/// <summary>A part of an SQL condition. Operators are calls by their sign: <c>a = b</c> is <c>=(a, b)</c>.</summary>
internal abstract record Sql
{
    /// <summary>A function or an operator, in lower case.</summary>
    public sealed record Call(string Name, IReadOnlyList<Sql> Arguments) : Sql;

    /// <param name="Table">Empty where none is named.</param>
    public sealed record Column(string Table, string Name) : Sql;
    public sealed record Number(double Value) : Sql;
    public sealed record Text(string Value) : Sql;

    /// <summary>This part and all below it.</summary>
    public IEnumerable<Sql> All() => this is Call call ? call.Arguments.SelectMany(part => part.All()).Prepend(this) : [this];

    public bool Calls(params string[] names) => All().Any(part => part is Call call && names.Contains(call.Name));
}

/// <summary>Reads the subset of SQL that Splink writes into its settings: comparisons, AND, OR, functions, casts.</summary>
/// <remarks>A recursive descent without state beyond its place. What it does not know it does not guess: the answer is null.</remarks>
internal sealed class SqlReader
{
    /// <summary>A condition is a line, not a program: more nesting than this is refused.</summary>
    private const int DepthMax = 60;

    private readonly List<(char Kind, string Text)> _tokens;
    private int _at;
    private int _depth;

    private SqlReader(List<(char, string)> tokens) => _tokens = tokens;

    /// <returns>Null where the text is not understood.</returns>
    public static Sql? Read(string text)
    {
        if (Tokens(text) is not { } tokens) return null;
        var reader = new SqlReader(tokens);
        return reader.Or() is { } sql && reader._at == tokens.Count ? sql : null;
    }

    private static List<(char Kind, string Text)>? Tokens(string text)
    {
        var tokens = new List<(char, string)>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (char.IsWhiteSpace(text[i])) i++;
            else if (text[i] is '"' or '`' or '\'')
            {
                var end = text.IndexOf(text[i], i + 1);
                if (end < 0) return null;
                tokens.Add((text[i] == '\'' ? 't' : 'q', text[(i + 1)..end]));
                i = end + 1;
            }
            else if (char.IsAsciiDigit(text[i]))
            {
                while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '.')) i++;
                tokens.Add(('n', text[start..i]));
            }
            else if (char.IsLetter(text[i]) || text[i] == '_')
            {
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_')) i++;
                tokens.Add(('w', text[start..i]));
            }
            else
            {
                i += text.AsSpan(i) is ['<' or '>' or '!', '=', ..] or ['<', '>', ..] or [':', ':', ..] or ['|', '|', ..] ? 2 : 1;
                tokens.Add(('o', text[start..i]));
            }
        }
        return tokens;
    }

    private Sql? Or() => Chain(And, "or");
    private Sql? And() => Chain(Not, "and");

    private Sql? Not() => Takes("not") ? Nested(Not) is { } inner ? new Sql.Call("not", [inner]) : null : Compared();

    private Sql? Compared()
    {
        if (Sum() is not { } left) return null;
        if (Takes("is"))
        {
            var name = Takes("not") ? "is not null" : "is null";
            return Takes("null") ? new Sql.Call(name, [left]) : null;
        }
        foreach (var sign in (string[])["=", "<=", ">=", "<>", "!=", "<", ">"])
            if (Takes(sign)) return Sum() is { } right ? new Sql.Call(sign, [left, right]) : null;
        return left;
    }

    private Sql? Sum() => Chain(Product, "+", "-", "||");
    private Sql? Product() => Chain(Cast, "*", "/", "%");

    private Sql? Cast()
    {
        var part = Part();
        while (part is not null && Takes("::"))
        {
            if (TypeName() is null) return null;
            part = new Sql.Call("cast", [part]);
        }
        return part;
    }

    private Sql? Part()
    {
        if (_at >= _tokens.Count) return null;
        var (kind, text) = _tokens[_at++];
        switch (kind)
        {
            case 'n':
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? new Sql.Number(number) : null;
            case 't':
                return new Sql.Text(text);
            case 'o' when text == "-":
                return Nested(Part) is { } negated ? new Sql.Call("-", [new Sql.Number(0), negated]) : null;
            case 'o' when text == "(":
                return Nested(Or) is { } inner && Takes(")") ? inner : null;
            case 'w' or 'q':
                if (kind == 'w' && Takes("(")) return Called(text.ToLowerInvariant());
                if (!Takes(".")) return new Sql.Column("", text);
                return _at < _tokens.Count && _tokens[_at].Kind is 'w' or 'q' ? new Sql.Column(text, _tokens[_at++].Text) : null;
            default:
                return null;
        }
    }

    private Sql.Call? Called(string name)
    {
        var arguments = new List<Sql>();
        if (Takes(")")) return new(name, arguments);
        do
        {
            if (Nested(Or) is not { } argument) return null;
            arguments.Add(argument);
            if (name is "cast" or "try_cast" && Takes("as") && TypeName() is null) return null;
        }
        while (Takes(","));
        return Takes(")") ? new(name, arguments) : null;
    }

    /// <summary>TEXT, DOUBLE PRECISION, DECIMAL(10, 2).</summary>
    private string? TypeName()
    {
        string? name = null;
        while (_at < _tokens.Count && _tokens[_at].Kind == 'w') name = _tokens[_at++].Text;
        if (name is null || !Takes("(")) return name;
        while (_at < _tokens.Count && !Takes(")")) _at++;
        return name;
    }

    private Sql? Chain(Func<Sql?> part, params string[] signs)
    {
        var left = Nested(part);
        while (left is not null)
        {
            var sign = Array.Find(signs, Takes);
            if (sign is null) return left;
            left = Nested(part) is { } right ? new Sql.Call(sign, [left, right]) : null;
        }
        return null;
    }

    private Sql? Nested(Func<Sql?> part)
    {
        if (++_depth > DepthMax * 8) return null;
        var sql = part();
        _depth--;
        return sql;
    }

    private bool Takes(string word)
    {
        if (_at >= _tokens.Count || _tokens[_at].Kind is not ('w' or 'o')
            || !_tokens[_at].Text.Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        _at++;
        return true;
    }
}
