using System.Text.Json.Nodes;
using Moderato.Comments;
using Moderato.Policy;
using Xunit;

namespace Moderato.Tests.Members;

/// <summary>Small stories, and who is what at their end.</summary>
public sealed class MemberGroupsTests : IAsyncLifetime
{
    private Story _story = null!;

    public async Task InitializeAsync() => _story = await Story.BeginAsync();

    public async Task DisposeAsync() => await _story.DisposeAsync();

    [Fact]
    public async Task AFirstTimerIsOneForAWeekWithoutBeingCountedAgain()
    {
        await _story.WriteAsync("anna", Story.Happy);
        for (var i = 0; i < 3; i++)
            await _story.WriteAsync("bruno", Story.Calm);
        await _story.CountAsync();
        Assert.Equal(["anna"], await _story.InAsync("first-timer"));
        _story.Pass(6.9);
        Assert.Equal(["anna"], await _story.InAsync("first-timer"));
        _story.Pass(0.1);
        Assert.Empty(await _story.InAsync("first-timer"));
    }

    [Fact]
    public async Task ARegularWritesOftenOnSeveralDays()
    {
        for (var day = 0; day < 3; day++)
        {
            await _story.WriteAsync("anna", Story.Calm);
            await _story.WriteAsync("anna", Story.Happy);
            await _story.WriteAsync("carla", Story.Calm); // three days, three comments
            _story.Pass(1);
        }
        for (var i = 0; i < 6; i++)
            await _story.WriteAsync("bruno", Story.Calm); // six comments, one day
        await _story.CountAsync();
        Assert.Equal(["anna"], await _story.InAsync("regular"));
        Assert.Equal("6 commenti in 3 giorni diversi negli ultimi 30.", Reason(await _story.OneAsync("anna"), "regular"));
        _story.Pass(28);
        Assert.Empty(await _story.InAsync("regular"));
    }

    [Fact]
    public async Task AStandardBearerHelpsDifferentPeopleAndIsThanked()
    {
        var asked = await _story.WriteAsync("bruno", Story.Question);
        var help = await _story.WriteAsync("anna", Story.Help, asked);
        await _story.WriteAsync("bruno", Story.Thanks, help); // the same occasion
        await _story.CountAsync();
        Assert.Empty(await _story.InAsync("standard-bearer"));
        await _story.WriteAsync("carla", Story.Thanks, help);
        await _story.WriteAsync("dino", Story.Thanks, help);
        await _story.WriteAsync("anna", Story.Happy, help); // praising oneself is nothing
        await _story.CountAsync();
        Assert.Equal(["anna"], await _story.InAsync("standard-bearer"));
        var anna = (await _story.OneAsync("anna")).Json;
        Assert.Equal((1, 3), ((int)anna["helped"]!, (int)anna["thanked"]!));
        Assert.Equal("ha aiutato o è stato ringraziato 3 volte, da 3 persone, negli ultimi 90 giorni, senza richiami.", Reason(anna, "standard-bearer"));

        await _story.WriteAsync("anna", Story.Insult);
        Assert.Null(Reason(await _story.OneAsync("anna"), "standard-bearer")); // a strike: at once here, within the hour in the list
        await _story.CountAsync();
        Assert.Empty(await _story.InAsync("standard-bearer"));
    }

    [Fact]
    public async Task AnInsultIsNoHelp()
    {
        var asked = await _story.WriteAsync("bruno", Story.Question);
        await _story.WriteAsync("anna", Story.Insult, asked);
        await _story.WriteAsync("carla", Story.Help, await _story.WriteAsync("bruno", Story.Calm)); // nobody asked
        await _story.CountAsync();
        Assert.Equal(0, (int)(await _story.OneAsync("anna")).Json["helped"]!);
        Assert.Equal(0, (int)(await _story.OneAsync("carla")).Json["helped"]!);
    }

    [Fact]
    public async Task WhoFallsSilentOrTurnsBitterIsAtRisk()
    {
        for (var i = 0; i < 5; i++)
        {
            await _story.WriteAsync("anna", Story.Happy);
            await _story.WriteAsync("bruno", Story.Happy);
            await _story.WriteAsync("carla", Story.Happy);
        }
        await _story.WriteAsync("dino", Story.Happy);
        _story.Pass(31);
        await _story.WriteAsync("bruno", Story.Disappointed);
        await _story.WriteAsync("bruno", Story.Disappointed);
        await _story.WriteAsync("carla", Story.Disappointed);
        await _story.WriteAsync("carla", Story.Happy);
        await _story.CountAsync();
        Assert.Equal(["anna", "bruno"], await _story.InAsync("at-risk"));
        Assert.Equal("scriveva spesso e tace da 31 giorni.", Reason(await _story.OneAsync("anna"), "at-risk"));
        Assert.Equal("l'umore degli ultimi 30 giorni è -1.00, prima era 1.00.", Reason(await _story.OneAsync("bruno"), "at-risk"));
        var bruno = (await _story.ListAsync("?group=at-risk")).Json["items"]![1]!;
        Assert.Equal(("falling", -1.0, 1.0), ((string?)bruno["mood"]!["trend"], (double)bruno["mood"]!["now"]!, (double)bruno["mood"]!["before"]!));
    }

    [Fact]
    public async Task WhoWasAngryAndIsCalmAgainIsWonBack()
    {
        await _story.WriteAsync("anna", Story.Angry);
        await _story.WriteAsync("bruno", Story.Angry);
        await _story.WriteAsync("carla", Story.Angry);
        await _story.WriteAsync("dino", Story.Disappointed); // not angry: nothing to win back
        _story.Pass(13);
        await _story.WriteAsync("anna", Story.Calm);
        await _story.WriteAsync("carla", Story.Calm);
        await _story.WriteAsync("dino", Story.Calm);
        _story.Pass(2);
        await _story.WriteAsync("bruno", Story.Calm); // after 15 days
        await _story.WriteAsync("carla", Story.Angry);
        await _story.CountAsync();
        Assert.Equal(["anna"], await _story.InAsync("won-back"));
        Assert.Equal("in collera il 2026-03-10, di nuovo sereno dal 2026-03-23.", Reason(await _story.OneAsync("anna"), "won-back"));
    }

    [Fact]
    public async Task AnOffenderHasStrikesOrMuchWithheldForNinetyDays()
    {
        await _story.WriteAsync("anna", Story.Insult);
        await _story.WriteAsync("anna", Story.Insult);
        await _story.WriteAsync("bruno", Story.Insult);
        for (var i = 0; i < 3; i++)
            await _story.WriteAsync("carla", "Ho un dubbio");
        await _story.CountAsync();
        Assert.Equal(["anna", "carla"], await _story.InAsync("offender"));
        var anna = (await _story.OneAsync("anna")).Json;
        Assert.Equal("2 richiami e 2 commenti trattenuti o nascosti negli ultimi 90 giorni.", Reason(anna, "offender"));
        Assert.Equal((2, "rude", 2), (anna["strikes"]!.AsArray().Count, (string?)anna["labels"]![0]!["name"], (int)anna["decisions"]!["hide"]!));
        _story.Pass(90);
        Assert.Empty(await _story.InAsync("offender"));
    }

    [Fact]
    public async Task TheTeamIsKnownAndLeftOut()
    {
        var asked = await _story.WriteAsync("anna", Story.Question);
        await _story.SayAsync("giulia", new AuthorProfile(false, true, [])); // before she ever wrote
        await _story.WriteAsync("giulia", Story.Thanks, asked);
        await _story.WriteAsync("mario", Story.Happy);
        await _story.WriteAsync("our-page", Story.Happy, platform: "facebook");
        await _story.CountAsync();
        await _story.SayAsync("mario", new AuthorProfile(true, true, [])); // after, and at once
        var list = (await _story.ListAsync()).Json;
        Assert.Equal(["anna"], list["items"]!.AsArray().Select(i => (string)i!["author"]!));
        Assert.Equal((1, 1, 1, 0), People(list));
        var anna = (await _story.OneAsync("anna")).Json;
        Assert.Equal((1, 0), ((int)anna["answered"]!, (int)anna["thanked"]!)); // the team's thanks are no praise
        var giulia = (await _story.OneAsync("giulia")).Json;
        Assert.Equal((true, 0, 0), ((bool)giulia["team"]!, giulia["groups"]!.AsArray().Count, (int)giulia["helped"]!));
        Assert.True((bool)(await _story.OneAsync("our-page", "facebook")).Json["team"]!);
    }

    [Fact]
    public async Task OneMemberIsShownWhole()
    {
        await _story.WriteAsync("anna", Story.Happy);
        _story.Pass(40);
        await _story.SayAsync("anna", new AuthorProfile(true, false, [new AuthorLabel("vip", _story.World.Time.Now.AddDays(1)), new AuthorLabel("old", _story.World.Time.Now)]));
        for (var i = 0; i < 22; i++)
            await _story.WriteAsync("anna", Story.Calm);
        var (status, anna) = await _story.OneAsync("anna"); // never counted
        Assert.Equal((200, 23, "ANNA", true, 20), (status, (int)anna["comments"]!, (string?)anna["name"], (bool)anna["trusted"]!, anna["newest"]!.AsArray().Count));
        Assert.Equal(["vip"], anna["labels"]!.AsArray().Select(l => (string)l!["name"]!));
        Assert.Equal((12, 12), (anna["months"]!.AsArray().Count, anna["weeks"]!.AsArray().Count));
        Assert.Equal(("2026-03-01", 1, 1.0), Month(anna, 10));
        Assert.Equal(("2026-04-01", 22, 0.0), Month(anna, 11));
        Assert.Equal(("2026-04-13", 22), ((string)anna["weeks"]![11]!["from"]!, (int)anna["weeks"]![11]!["comments"]!));
        Assert.True(OutcomeId.TryParse((string?)anna["newest"]![0], out var newest) && newest.Value.Key.Id == "c23");
        Assert.Equal("2026-03-10T09:30:00.000Z", (string?)anna["firstSeen"]);
    }

    private static (string From, int Comments, double Value) Month(JsonNode member, int at) =>
        ((string)member["months"]![at]!["from"]!, (int)member["months"]![at]!["comments"]!, (double)member["months"]![at]!["value"]!);

    private static (int, int, int, int) People(JsonNode list) =>
        ((int)list["people"]!["talkedWith"]!, (int)list["people"]!["answered"]!, (int)list["people"]!["newcomers"]!, (int)list["people"]!["regulars"]!);

    private static string? Reason((int Status, JsonNode Json) answer, string group) => Reason(answer.Json, group);

    private static string? Reason(JsonNode member, string group) =>
        (string?)member["groups"]!.AsArray().FirstOrDefault(g => (string?)g!["group"] == group)?["reason"];
}
