using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>
/// Some of an hour's voices. Of many those are kept whose comments have the smallest hashes: chance decides, the same one whatever the order.
/// </summary>
/// <param name="Unhappy">How many were unhappy.</param>
/// <param name="Asking">How many asked something.</param>
/// <param name="Kept">At most <see cref="MostUnhappy"/> of the unhappy and <see cref="MostAsking"/> of the asking ones.</param>
public sealed record HourVoices(int Unhappy, int Asking, IReadOnlyList<Voice> Kept)
{
    public const int MostUnhappy = 60;
    public const int MostAsking = 40;

    public static readonly HourVoices None = new(0, 0, []);

    internal static HourVoices Of(IReadOnlyList<Heard> heard)
    {
        var voices = heard.Where(h => !h.IsOwn).Select(h => h.Voice).OrderBy(v => v.Comment).ThenBy(v => v.OutcomeId, StringComparer.Ordinal).ToList();
        var (unhappy, asking) = (voices.Where(v => v.Unhappy).ToList(), voices.Where(v => v.Asks).ToList());
        var kept = unhappy.Take(MostUnhappy).Concat(asking.Take(MostAsking)).Select(v => v.OutcomeId).ToHashSet(StringComparer.Ordinal);
        return new HourVoices(unhappy.Count, asking.Count, [.. voices.Where(v => kept.Contains(v.OutcomeId))]);
    }
}

/// <summary>Somebody answered a comment.</summary>
/// <param name="To">The answered comment's hash, see <see cref="Voice.Comment"/>.</param>
/// <param name="Person">Who answered, see <see cref="Voice.Person"/>.</param>
/// <param name="OutcomeId">The answer's outcome.</param>
public sealed record KnownAnswer(uint To, uint Person, string OutcomeId)
{
    /// <summary>
    /// How many an hour keeps: those to the comments with the smallest hashes, as of the voices that ask, so that what answers those is kept.
    /// </summary>
    public const int Most = 100;

    internal static IReadOnlyList<KnownAnswer> Of(IReadOnlyList<Heard> heard) =>
    [
        .. heard.Select(h => h.Voice).Where(v => v.AnswerTo != 0)
            .Select(v => new KnownAnswer(v.AnswerTo, v.Person, v.OutcomeId))
            .OrderBy(a => a.To).ThenBy(a => a.OutcomeId, StringComparer.Ordinal)
            .DistinctBy(a => (a.To, a.Person))
            .Take(Most),
    ];
}
