namespace Moderato.Scoring;

/// <summary>
/// Folded text to hashed features: words (marked inside a negation's reach), pairs of words, and character n-grams inside
/// words. Any change here is a new <see cref="ModelFile.FormatVersion"/>.
/// </summary>
public static class FeatureExtractor
{
    /// <summary>Of longer words only the beginning is cut into n-grams: nobody writes them, and text without spaces must stay cheap.</summary>
    private const int LongestWord = 40;

    private const byte NegatedBit = 0x80;

    /// <param name="folded">From <see cref="FoldedText"/>; drawn-out words in it are shortened.</param>
    /// <param name="parameters">The model's.</param>
    /// <param name="sink">Receives every occurrence, in order of the text.</param>
    public static void Extract<TSink>(Span<char> folded, FeatureParameters parameters, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var tokens = new Tokenizer(folded);
        var previous = ReadOnlySpan<char>.Empty;
        var reach = 0;
        var elongated = false;
        while (tokens.Next(out var token))
        {
            if (token.Kind == TokenKind.Pause)
            {
                reach = 0;
                previous = [];
                continue;
            }

            var shown = Shown(folded, token);
            var isWord = token.Kind == TokenKind.Word;
            if (token.Kind == TokenKind.Mark || (isWord && Negation.EndsAt(shown))) reach = 0;
            var startsNegation = isWord && Negation.StartsAt(shown);
            var negated = isWord && reach > 0 && !startsNegation;

            AddWord(shown, negated, parameters, ref sink);
            if (!previous.IsEmpty) AddPair(previous, shown, parameters, ref sink);
            if (isWord) AddCharacters(shown, negated, parameters, ref sink);

            elongated |= token.Elongated;
            reach = startsNegation ? Negation.Reach : reach - 1;
            previous = token.Kind == TokenKind.Mark ? [] : shown;
        }

        if (elongated) sink.Add(Bucket(HashOf(FeatureKind.Elongation, negated: false, parameters), parameters), FeatureKind.Elongation, false, [], []);
    }

    private static ReadOnlySpan<char> Shown(ReadOnlySpan<char> text, Token token) => token.Kind switch
    {
        TokenKind.Number => "<number>",
        TokenKind.Link => "<link>",
        TokenKind.Mention => "<mention>",
        _ => text.Slice(token.Start, token.Length),
    };

    private static void AddWord<TSink>(ReadOnlySpan<char> word, bool negated, FeatureParameters parameters, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var hash = Fnv1a.Add(HashOf(FeatureKind.Word, negated, parameters), word);
        sink.Add(Bucket(hash, parameters), FeatureKind.Word, negated, word, []);
    }

    private static void AddPair<TSink>(ReadOnlySpan<char> first, ReadOnlySpan<char> second, FeatureParameters parameters, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var hash = Fnv1a.Add(HashOf(FeatureKind.WordPair, negated: false, parameters), first);
        hash = Fnv1a.Add(Fnv1a.Add(hash, ' '), second);
        sink.Add(Bucket(hash, parameters), FeatureKind.WordPair, false, first, second);
    }

    private static void AddCharacters<TSink>(ReadOnlySpan<char> word, bool negated, FeatureParameters parameters, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        word = word[..Math.Min(word.Length, LongestWord)];
        Span<char> bounded = stackalloc char[LongestWord + 2];
        bounded = bounded[..(word.Length + 2)];
        bounded[0] = '<';
        word.CopyTo(bounded[1..]);
        bounded[^1] = '>';

        var start = HashOf(FeatureKind.Characters, negated, parameters);
        for (var from = 0; from < bounded.Length; from++)
        {
            var hash = start;
            for (var to = from; to < bounded.Length && to - from < parameters.LongestNgram; to++)
            {
                hash = Fnv1a.Add(hash, bounded[to]);
                if (to - from + 1 >= parameters.ShortestNgram)
                    sink.Add(Bucket(hash, parameters), FeatureKind.Characters, negated, bounded[from..(to + 1)], []);
            }
        }
    }

    private static uint HashOf(FeatureKind kind, bool negated, FeatureParameters parameters) =>
        Fnv1a.Add(parameters.Seed, (byte)((byte)kind | (negated ? NegatedBit : 0)));

    private static int Bucket(uint hash, FeatureParameters parameters) => Fnv1a.Fold(hash, parameters.BucketBits);
}
