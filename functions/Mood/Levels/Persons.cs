namespace Moderato.Mood;

/// <summary>One person who is angry again and again, and whom nobody answers. However often they write, it is one complaint.</summary>
internal static class Persons
{
    private const int FewestAngry = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(40);

    public static IEnumerable<Finding> In(Heard heard)
    {
        var answers = heard.All.Where(v => v.AnswerTo != 0).ToLookup(v => v.AnswerTo);
        foreach (var person in heard.Unhappy.Where(v => v.Person != 0 && v.Anger >= Voices.AngryFrom).GroupBy(v => v.Person))
        {
            var angry = person.ToArray();
            if (angry.Length >= FewestAngry && angry[FewestAngry - 1].At <= heard.Now - Patience && !angry.Any(v => IsAnswered(v, answers)))
                yield return Findings.Of(Scope.OfPerson(person.Key), Level.Complaint, angry, Thresholds.Day);
        }
    }

    private static bool IsAnswered(Voice voice, ILookup<uint, Voice> answers) =>
        voice.Comment != 0 && answers[voice.Comment].Any(a => a.Person != voice.Person && a.At >= voice.At);
}
