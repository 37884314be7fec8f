using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// MediaWiki: what people write on talk pages, asked for every minute by the Action API (<c>list=recentchanges</c>, odd namespaces). A
/// change has no text: the two revisions are read, and the lines that the later one adds are the comment. A change that takes a
/// comment back (undo, rollback, manual revert) and adds nothing removes the comment of the revision before it. Bots and minor
/// edits are left out.
/// </summary>
public sealed partial class MediaWiki : IPolledConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("mediawiki");

    /// <summary>How many revisions one question may name.</summary>
    private const int MostRevisions = 50;
    private const int MostPages = 10;

    private static readonly string[] Reverts = ["mw-undo", "mw-rollback", "mw-manual-revert"];

    public PlatformId Platform => Id;

    public SourceNeeds PollNeeds => SourceNeeds.Address;

    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task<string> PollAsync(PlatformHttp http, Source source, string? cursor, Delivery delivery, CancellationToken cancellationToken)
    {
        var state = (cursor is null ? null : JsonSerializer.Deserialize<Cursor>(cursor)) ?? new Cursor(delivery.Now.AddHours(-1), 0);
        var start = state.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string? next = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            var answer = await AskAsync(http, source, new Dictionary<string, string>
            {
                ["list"] = "recentchanges",
                ["rcdir"] = "newer",
                ["rcstart"] = start,
                ["rcnamespace"] = "1|3|5|7|9|11|13|15",
                ["rctype"] = "edit|new",
                ["rcshow"] = "!bot|!minor",
                ["rcprop"] = "title|ids|timestamp|user|userid|tags",
                ["rclimit"] = "500",
                ["rccontinue"] = next ?? "",
            }, cancellationToken);
            var changes = (answer.Object("query") is { } query ? delivery.Objects(query, "recentchanges") : []).Where(c => c.Number("rcid") > state.Last).ToList();
            await ReadAsync(http, source, changes, delivery, cancellationToken);
            foreach (var change in changes)
                state = new Cursor(change.Time("timestamp", delivery.Now) ?? state.Time, Math.Max(state.Last, change.Number("rcid") ?? 0));
            next = answer.Object("continue")?.Text("rccontinue");
            if (next is null)
                break;
        }
        return JsonSerializer.Serialize(state);
    }

    private static async Task ReadAsync(PlatformHttp http, Source source, List<JsonElement> changes, Delivery delivery, CancellationToken cancellationToken)
    {
        foreach (var some in changes.Chunk(MostRevisions / 2))
        {
            var ids = some.SelectMany(c => new[] { c.Text("revid"), c.Text("old_revid") }).OfType<string>().Where(id => id != "0").Distinct();
            var answer = await AskAsync(http, source, new Dictionary<string, string>
            {
                ["prop"] = "revisions",
                ["revids"] = string.Join('|', ids),
                ["rvprop"] = "ids|content",
                ["rvslots"] = "main",
            }, cancellationToken);
            var texts = new Dictionary<string, string>();
            foreach (var revision in (answer.Object("query")?.List("pages") ?? []).SelectMany(p => p.List("revisions")))
            {
                if (revision.Text("revid") is { } id && revision.Object("slots")?.Object("main") is { } main)
                    texts[id] = main.Text("content") ?? "";
            }
            foreach (var change in some)
                Take(change, texts, source, delivery);
        }
    }

    private static void Take(JsonElement change, Dictionary<string, string> texts, Source source, Delivery delivery)
    {
        var (revision, before, user) = (change.Text("revid"), change.Text("old_revid"), change.Text("user"));
        if (source.Account is not null && user == source.Account)
        {
            delivery.Ignore("our own edit");
            return;
        }
        if (revision is null || !texts.TryGetValue(revision, out var text))
        {
            delivery.Ignore("a revision whose text is hidden or gone");
            return;
        }

        var added = Added(before is null ? "" : texts.GetValueOrDefault(before, ""), text);
        if (added.Length == 0)
        {
            var isRevert = change.List("tags").Any(t => t.ValueKind == JsonValueKind.String && Reverts.Contains(t.GetString()));
            if (isRevert && before is not (null or "0"))
                delivery.Take(source, Id, change, new Reading { Id = source.OwnId(before), Channel = source.Id, Removed = true });
            else
                delivery.Ignore("an edit that adds no words");
            return;
        }

        var (userId, page) = (change.Text("userid"), change.Text("pageid"));
        delivery.Take(source, Id, change, new Reading
        {
            Id = source.OwnId(revision),
            Channel = source.Id,
            ThreadId = source.OwnId(page),
            Permalink = new Uri(source.Address!, $"index.php?diff={revision}&oldid={before}").AbsoluteUri,
            AuthorId = source.OwnId(userId is null or "0" ? user : userId), // people without an account are their address
            AuthorName = user,
            Text = added,
            CreatedAt = change.Time("timestamp", delivery.Now),
        });
    }

    /// <summary>The lines of the later text that the earlier one has not, without the marks of wikitext that no reader sees.</summary>
    internal static string Added(string earlier, string later)
    {
        var there = earlier.Split('\n').CountBy(line => line.Trim()).ToDictionary();
        var added = new List<string>();
        foreach (var line in later.Split('\n').Select(l => l.Trim()))
        {
            if (there.GetValueOrDefault(line) > 0)
                there[line]--;
            else if (Plain(line) is { Length: > 0 } text)
                added.Add(text);
        }
        return string.Join('\n', added);
    }

    private static string Plain(string line)
    {
        var text = Signature().Replace(line, "");
        text = Link().Replace(text, match => match.Groups["label"].Success ? match.Groups["label"].Value : match.Groups["target"].Value);
        text = ExternalLink().Replace(text, match => $"{match.Groups["label"].Value} {match.Groups["address"].Value}".Trim());
        return PlainText.FromHtml(Marks().Replace(text, "")).Trim();
    }

    private static async Task<JsonElement> AskAsync(PlatformHttp http, Source source, Dictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var query = string.Join('&', parameters.Where(p => p.Value.Length > 0).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        var answer = await http.GetAsync(
            new Uri($"{source.Address!.AbsoluteUri}?action=query&format=json&formatversion=2&maxlag=5&{query}"), Authorize(source), cancellationToken, Judge(http));
        return answer.Body;
    }

    internal static Action<HttpRequestHeaders>? Authorize(Source source) =>
        source.Token is null ? null : headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", source.Token);

    /// <summary>MediaWiki answers 200 and says in the body what is wrong.</summary>
    internal static Func<HttpResponseMessage, JsonElement, PlatformException?> Judge(PlatformHttp http) => (response, body) => body.Object("error")?.Text("code") switch
    {
        null => null,
        "maxlag" or "readonly" or "ratelimited" => new PlatformException(FailureKind.Later, "the wiki asks to wait", http.WaitOf(response)),
        "assertuserfailed" or "mwoauth-invalid-authorization" or "readapidenied" => new PlatformException(FailureKind.Credential, "the wiki does not accept the token"),
        "nosuchrevid" or "missingtitle" => new PlatformException(FailureKind.Gone, "there is no such revision"),
        _ => new PlatformException(FailureKind.Refused, "the wiki refuses"),
    };

    /// <param name="Time">The time of the last change read.</param>
    /// <param name="Last">Its number: changes of the same second follow.</param>
    private sealed record Cursor(DateTimeOffset Time, long Last);

    /// <summary>A name with its date, as four tildes leave it: in English or Italian, and, being at the line's end, in most languages.</summary>
    [GeneratedRegex(@"[-–—]{0,3}\s*(?:\[\[[^\]]*\]\]\s*(?:\([^()]*\[\[[^\]]*\]\][^()]*\))?\s*)?\d{1,2}:\d{2}, [^()]{6,30}\((?:UTC|CET|CEST)\)\s*$", RegexOptions.None, 1000)]
    private static partial Regex Signature();

    [GeneratedRegex(@"\[\[:?(?<target>[^\]|]*)(?:\|(?<label>[^\]]*))?\]\]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"\[(?<address>https?://[^\s\]]+)(?:\s+(?<label>[^\]]*))?\]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ExternalLink();

    /// <summary>Indents, lists and headings at a line's ends; bold and italics anywhere.</summary>
    [GeneratedRegex(@"^[:*#;=\s]+|=+\s*$|'{2,5}", RegexOptions.NonBacktracking)]
    private static partial Regex Marks();
}
