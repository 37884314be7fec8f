using System.Text;

namespace Moderato.Scoring;

/// <summary>What can be seen without a model: links, mentions, emoji, capitals. Read from the text as its author wrote it.</summary>
public readonly record struct SurfaceSignals(IReadOnlyList<string> LinkHosts, int Mentions, int Emoji, double Capitals)
{
    /// <summary>With fewer letters, capitals say nothing: "OK" is no shouting.</summary>
    private const int FewestLetters = 8;

    public static SurfaceSignals Of(ReadOnlySpan<char> text)
    {
        List<string>? hosts = null;
        var (mentions, emoji, letters, capitals) = (0, 0, 0, 0);
        for (var at = 0; at < text.Length;)
        {
            if (EmojiSequence.TryRead(text[at..], out var sequence, out _))
            {
                emoji++;
                at += sequence;
            }
            else if (Mention.LengthAt(text, at) is > 0 and var mention)
            {
                mentions++;
                at += mention;
            }
            else if (Links.TryRead(text, at, out var link, out var host))
            {
                AddHost(ref hosts, text[host]);
                at += link;
            }
            else
            {
                Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
                if (Rune.IsLetter(rune)) letters++;
                if (Rune.IsUpper(rune)) capitals++;
                at += length;
            }
        }

        return new SurfaceSignals(hosts ?? (IReadOnlyList<string>)[], mentions, emoji, letters < FewestLetters ? 0 : (double)capitals / letters);
    }

    private static void AddHost(ref List<string>? hosts, ReadOnlySpan<char> host)
    {
        var lower = host.ToString().ToLowerInvariant();
        hosts ??= [];
        if (!hosts.Contains(lower)) hosts.Add(lower);
    }
}
