using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Moderato.Policy;

/// <summary>A piece of a YAML document that knows where it stands.</summary>
internal abstract record DocumentNode(int Line, int Column);

/// <param name="Line">Where, from 1.</param>
/// <param name="Column">Where in the line, from 1.</param>
/// <param name="Text">What is written, without quotes.</param>
/// <param name="IsPlain">Written without quotes, so that <c>true</c> and <c>5</c> mean more than their letters.</param>
internal sealed record ScalarNode(int Line, int Column, string Text, bool IsPlain) : DocumentNode(Line, Column)
{
    public bool IsEmpty => IsPlain && Text is "" or "~" or "null";
}

internal sealed record ListNode(int Line, int Column, IReadOnlyList<DocumentNode> Items) : DocumentNode(Line, Column);

internal sealed record MapNode(int Line, int Column, IReadOnlyList<(ScalarNode Key, DocumentNode Value)> Entries) : DocumentNode(Line, Column);

/// <summary>
/// Reads YAML into nodes. Aliases are refused: a few lines of them stand for billions of nodes, and lists with names do what people
/// want of them.
/// </summary>
internal static class DocumentLoader
{
    private const int DeepestLevel = 32;

    /// <returns>The document; null, and a problem more, where it is no YAML.</returns>
    public static DocumentNode? Load(string yaml, List<PolicyProblem> problems)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return new ScalarNode(1, 1, "", IsPlain: true);
            var root = Read(parser, problems, 0);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
                problems.Add(new PolicyProblem((int)second.Start.Line, (int)second.Start.Column, IsError: true, "A second document begins here; a file holds one policy.", "Qui comincia un secondo documento; un file contiene una sola policy."));
            return root;
        }
        catch (YamlException broken)
        {
            problems.Add(Broken(broken, yaml));
            return null;
        }
    }

    private static PolicyProblem Broken(YamlException broken, string yaml)
    {
        var lines = yaml.ReplaceLineEndings("\n").Split('\n');
        var tab = Array.FindIndex(lines, l => l.TrimStart(' ').StartsWith('\t') && l.Trim().Length > 0);
        if (tab >= 0)
        {
            return new PolicyProblem(
                tab + 1, lines[tab].IndexOf('\t') + 1, IsError: true,
                "This line is indented with a tab; use spaces, two for each level.", "Questa riga è rientrata con una tabulazione; usate spazi, due per livello.");
        }
        // Where something is never closed, the parser notices behind the last line.
        var (line, column) = ((int)broken.Start.Line, (int)broken.Start.Column);
        if (line > lines.Length || (line == lines.Length && lines[^1].Length == 0))
        {
            line = Math.Max(1, Array.FindLastIndex(lines, l => l.Trim().Length > 0) + 1);
            column = lines[line - 1].Length;
        }
        return new PolicyProblem(
            Math.Max(1, line), Math.Max(1, column), IsError: true,
            "This is not valid YAML: look for a missing quote, bracket or colon, and for lines that are not indented like their neighbours.",
            "Questo non è YAML valido: cercate virgolette, parentesi o due punti mancanti, o righe non allineate alle vicine.");
    }

    private static DocumentNode Read(Parser parser, List<PolicyProblem> problems, int level)
    {
        var (line, column) = ((int)parser.Current!.Start.Line, (int)parser.Current.Start.Column);
        if (level > DeepestLevel)
            throw new YamlException(parser.Current.Start, parser.Current.End, "too deep");
        if (parser.TryConsume<Scalar>(out var scalar))
            return new ScalarNode(line, column, scalar.Value, scalar.Style == ScalarStyle.Plain);
        if (parser.TryConsume<AnchorAlias>(out _))
        {
            problems.Add(new PolicyProblem(line, column, IsError: true, "Aliases (*name) are not used here; name a list under 'words' and use its name.", "Gli alias (*nome) qui non si usano; date un nome alla lista sotto 'words' e usate quello."));
            return new ScalarNode(line, column, "", IsPlain: true);
        }
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<DocumentNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Read(parser, problems, level + 1));
            return new ListNode(line, column, items);
        }
        parser.Consume<MappingStart>();
        return ReadMap(parser, problems, level, line, column);
    }

    private static MapNode ReadMap(Parser parser, List<PolicyProblem> problems, int level, int line, int column)
    {
        var entries = new List<(ScalarNode, DocumentNode)>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Read(parser, problems, level + 1);
            var value = Read(parser, problems, level + 1);
            if (key is not ScalarNode name)
                problems.Add(new PolicyProblem(key.Line, key.Column, IsError: true, "A key must be a plain word.", "Una chiave deve essere una parola semplice."));
            else if (!keys.Add(name.Text))
                problems.Add(new PolicyProblem(key.Line, key.Column, IsError: true, $"'{name.Text}' is written twice here; keep one.", $"'{name.Text}' qui compare due volte; tenetene una."));
            else
                entries.Add((name, value));
        }
        return new MapNode(line, column, entries);
    }
}
