using System.CommandLine;
using System.Globalization;
using Moderato.Actions;
using Moderato.Comments;
using Moderato.Policy;
using Moderato.Scoring;

namespace Moderato.Local.Policies;

/// <summary><c>policy check FILE</c> and <c>policy try FILE "a comment"</c>: the app's own code, without the app.</summary>
internal static class PolicyCommands
{
    private const int Fine = 0;
    private const int Refused = 2;

    public static Command Check()
    {
        var (file, zone, language) = Common();
        var check = new Command("check", "Says everything that is wrong with a policy.") { file, zone, language };
        check.SetAction(arguments => Run(arguments, arguments.GetRequiredValue(file), arguments.GetRequiredValue(zone), Language(arguments.GetValue(language)), (reading, path, words, output) =>
        {
            foreach (var problem in reading.Problems)
            {
                var kind = problem.IsError ? words == "it" ? "errore" : "error" : words == "it" ? "avviso" : "warning";
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}:{problem.Line}:{problem.Column}: {kind}: {problem.In(words)}"));
            }
            var (errors, warnings) = (reading.Problems.Count(p => p.IsError), reading.Problems.Count(p => !p.IsError));
            var rules = reading.Policy?.RuleIds.Count ?? 0;
            output.WriteLine(words == "it"
                ? reading.Policy is null ? $"Non va: errori {errors}, avvisi {warnings}." : $"Va bene: regole {rules}, avvisi {warnings}."
                : reading.Policy is null ? $"It cannot be used: {errors} errors, {warnings} warnings." : $"It is right: {rules} rules, {warnings} warnings.");
            return reading.Policy is null ? Refused : Fine;
        }));
        return check;
    }

    public static Command Try()
    {
        var (file, zone, language) = Common();
        var text = new Argument<string>("comment") { Description = "What somebody writes." };
        var first = new Option<bool>("--first-comment") { Description = "Nothing earlier is known of its author." };
        var stars = new Option<int?>("--stars") { Description = "A review's stars, 1 to 5." };
        var platform = new Option<string>("--platform") { Description = "Where it is written.", DefaultValueFactory = _ => "facebook" };
        var author = new Option<string?>("--author") { Description = "The author's name." };
        var tried = new Command("try", "Says what a policy does with a comment, and why.") { file, text, zone, language, first, stars, platform, author };
        tried.Validators.Add(result =>
        {
            if (result.GetValue(stars) is < 1 or > 5)
                result.AddError("--stars must be a number from 1 to 5.");
            if (result.GetValue(platform) is { } name && !PlatformId.TryParse(name, out _))
                result.AddError($"--platform must have {PlatformId.Rule}.");
            if (result.GetValue(text) is { Length: > CommentLimits.Text })
                result.AddError($"A comment has at most {CommentLimits.Text} characters.");
        });
        tried.SetAction(arguments => Run(arguments, arguments.GetRequiredValue(file), arguments.GetRequiredValue(zone), Language(arguments.GetValue(language)), (reading, path, words, output) =>
        {
            if (reading.Policy is not { } policy)
            {
                foreach (var problem in reading.Problems.Where(p => p.IsError))
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}:{problem.Line}:{problem.Column}: {problem.In(words)}"));
                return Refused;
            }
            var comment = TriedComment.Of(
                arguments.GetRequiredValue(text), arguments.GetValue(first), arguments.GetValue(stars), arguments.GetRequiredValue(platform), author: arguments.GetValue(author));
            var community = new Community(CommunityId.Parse("trial"), words == "it" ? "la vostra comunità" : "your community", Zone(arguments.GetRequiredValue(zone))!, words, 7);
            TrialText.Write(PolicyTrial.Try(policy, "file", community, comment, Scorer.Default()), words, output);
            return Fine;
        }));
        return tried;
    }

    private static (Argument<string> File, Option<string> Zone, Option<string?> Language) Common() => (
        new Argument<string>("file") { Description = "The policy; guidelines.it.md and guidelines.en.md beside it are read too." },
        new Option<string>("--zone") { Description = "The community's time zone.", DefaultValueFactory = _ => "Europe/Rome" },
        new Option<string?>("--language") { Description = "it or en; else what this machine speaks." });

    private static int Run(ParseResult arguments, string path, string zone, string language, Func<PolicyReading, string, string, TextWriter, int> act)
    {
        if (Zone(zone) is not { } known)
        {
            arguments.InvocationConfiguration.Error.WriteLine($"--zone must be an IANA name such as Europe/Rome, not {zone}.");
            return Refused;
        }
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            var guidelines = PolicyLanguages.All.Select(l => (Language: l, File: Path.Combine(folder, $"guidelines.{l}.md"))).Where(g => File.Exists(g.File))
                .ToDictionary(g => g.Language, g => File.ReadAllText(g.File));
            var reading = PolicyReader.Read(File.ReadAllText(path), new PolicyContext(known, Actors.Abilities, Guidelines.Of(guidelines), TimeProvider.System.GetUtcNow()));
            return act(reading, path, language, arguments.InvocationConfiguration.Output);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            arguments.InvocationConfiguration.Error.WriteLine($"{path} cannot be read: {unreadable.Message}");
            return Refused;
        }
    }

    private static TimeZoneInfo? Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static string Language(string? asked) => asked is "it" or "en" ? asked : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "it" ? "it" : "en";
}
