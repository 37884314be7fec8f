using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Storage;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Ingest;

public sealed class IntakeTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task TheSameDeliveryThreeTimesGivesOneOutcome()
    {
        for (var i = 0; i < 3; i++)
        {
            var receipt = Assert.Single(await _world.ReceiveAsync(_world.Some()));
            Assert.Equal(i == 0 ? ReceiptStatus.Accepted : ReceiptStatus.Duplicate, receipt.Status);
            _world.Time.Advance(TimeSpan.FromSeconds(20));
        }
        await _world.WorkAsync();
        Assert.Single(await _world.OutcomesAsync());
    }

    [Fact]
    public async Task ADuplicateOfWhatIsJudgedIsNotHandedOverAgain()
    {
        await _world.ReceiveAsync(_world.Some());
        Assert.Equal(1, await _world.WorkAsync());
        await _world.ReceiveAsync(_world.Some());
        Assert.Equal(0, await _world.WorkAsync());
    }

    [Fact]
    public async Task ADuplicateOfWhatIsNotJudgedYetIsHandedOverAgain()
    {
        await _world.ReceiveAsync(_world.Some());
        Assert.NotNull(await _world.TakeAsync()); // the message is lost with whoever took it
        await _world.ReceiveAsync(_world.Some());
        Assert.Equal(1, await _world.WorkAsync());
        Assert.Single(await _world.OutcomesAsync());
    }

    [Fact]
    public async Task AnEditedCommentIsJudgedAgainUnderTheSameKey()
    {
        var first = _world.Some(text: "Grazie mille, bellissimo!");
        await _world.ReceiveAsync(first);
        await _world.WorkAsync();
        _world.Time.Advance(TimeSpan.FromHours(3));
        var edit = _world.Some(text: "Ripensandoci: pessimo, uno schifo, non comprerò mai più!") with { EditedAt = _world.Time.Now };
        Assert.Equal(ReceiptStatus.Accepted, Assert.Single(await _world.ReceiveAsync(edit)).Status);
        await _world.WorkAsync();

        var outcome = Assert.Single(await _world.OutcomesAsync());
        Assert.Equal(2, outcome.Revision);
        Assert.Equal(first.FirstReceivedAt, outcome.Comment.FirstReceivedAt);
        Assert.Equal(Sentiment.Negative, outcome.Signals!.Sentiment);
        Assert.StartsWith("Ripensandoci", outcome.Comment.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOlderVersionThatComesLateChangesNothing()
    {
        var edit = _world.Some(text: "corretto") with { EditedAt = _world.Time.Now };
        var original = _world.Some(text: "orignale");
        await _world.ReceiveAsync(edit);
        Assert.Equal(ReceiptStatus.Duplicate, Assert.Single(await _world.ReceiveAsync(original)).Status);
        await _world.WorkAsync();
        Assert.Equal("corretto", Assert.Single(await _world.OutcomesAsync()).Comment.Text);
    }

    [Fact]
    public async Task VersionsOfOneCommentInOneBatchEndInTheNewest()
    {
        var receipts = await _world.ReceiveAsync(
            _world.Some(text: "uno"),
            _world.Some(text: "due") with { EditedAt = _world.Time.Now.AddSeconds(1) },
            _world.Some(text: "tre") with { EditedAt = _world.Time.Now.AddSeconds(2) },
            _world.Some(text: "due") with { EditedAt = _world.Time.Now.AddSeconds(1) });
        Assert.Equal(
            [ReceiptStatus.Accepted, ReceiptStatus.Accepted, ReceiptStatus.Accepted, ReceiptStatus.Duplicate], receipts.Select(r => r.Status));
        await _world.WorkAsync();
        var outcome = Assert.Single(await _world.OutcomesAsync());
        Assert.Equal(("tre", 3), (outcome.Comment.Text, outcome.Revision));
    }

    [Fact]
    public async Task ARemovedCommentLeavesNoTextAnywhere()
    {
        const string words = "parole che devono sparire";
        await _world.ReceiveAsync(_world.Some(text: words));
        await _world.WorkAsync();
        await _world.ReceiveAsync(_world.Some(text: "").AsTombstone());
        await _world.WorkAsync();

        Assert.True(Assert.Single(await _world.OutcomesAsync()).Removed);
        foreach (var table in _world.Tables.All)
        {
            foreach (var row in await _world.RowsAsync(table))
            {
                Assert.DoesNotContain(row, p => p.Value is string text && text.Contains("parole", StringComparison.Ordinal));
                Assert.DoesNotContain(row, p => p.Value is "ANNA");
            }
        }
    }

    [Fact]
    public async Task ARemovedCommentStaysRemovedWhateverComesLater()
    {
        await _world.ReceiveAsync(_world.Some(text: "").AsTombstone());
        await _world.ReceiveAsync(_world.Some());
        await _world.ReceiveAsync(_world.Some(text: "di nuovo") with { EditedAt = _world.Time.Now });
        await _world.WorkAsync();
        var outcome = Assert.Single(await _world.OutcomesAsync());
        Assert.True(outcome.Removed);
        Assert.Equal("", outcome.Comment.Text);
    }

    [Fact]
    public async Task AMessageThatWasOvertakenByARemovalDoesNotBringTheTextBack()
    {
        await _world.ReceiveAsync(_world.Some(text: "parole"));
        var overtaken = await _world.TakeAsync();
        await _world.ReceiveAsync(_world.Some(text: "").AsTombstone());
        await _world.WorkAsync();
        await _world.Make<Moderato.Moderation.ModerateComments>().Run(overtaken!.Body.ToString(), CancellationToken.None);
        var outcome = Assert.Single(await _world.OutcomesAsync());
        Assert.True(outcome.Removed);
        Assert.Equal("", outcome.Comment.Text);
    }

    [Fact]
    public async Task SimultaneousDeliveriesOfOneCommentGiveOneOutcome()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _world.ReceiveAsync(_world.Some(text: $"versione {i}") with { EditedAt = _world.Time.Now.AddSeconds(i) })));
        await _world.WorkAsync();
        Assert.Equal("versione 7", Assert.Single(await _world.OutcomesAsync()).Comment.Text);
    }

    [Fact]
    public async Task ACommentTooLongForAMessageIsJudgedAllTheSame()
    {
        var text = string.Concat(Enumerable.Repeat("世界", CommentLimits.Text / 2));
        await _world.ReceiveAsync(_world.Some(text: text), _world.Some("2"));
        await _world.WorkAsync();
        Assert.Equal([text.Length, "Spedizione velocissima, grazie!".Length], (await _world.OutcomesAsync()).OrderBy(o => o.Key.Id, StringComparer.Ordinal).Select(o => o.Signals!.Length));
    }

    [Fact]
    public async Task ADeliveryWhoseOwnInsertIsRepeatedIsNoDuplicate()
    {
        var comment = _world.Some();
        await _world.Get<IIntakeStore>().InsertAsync([new Arrival(comment)], CancellationToken.None); // its answer was lost
        Assert.Equal(ReceiptStatus.Accepted, Assert.Single(await _world.ReceiveAsync(comment)).Status);
        Assert.Equal(1, await _world.WorkAsync());
        Assert.DoesNotContain(await _world.RowsAsync(_world.Tables.Comments), r => r.RowKey.StartsWith("d~", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALargeBatchSentTwiceIsTakenOnce()
    {
        Comment[] Batch() => [.. Enumerable.Range(0, 300).Select(i => _world.Some($"c{i}"))];
        Assert.All(await _world.ReceiveAsync(Batch()), r => Assert.Equal(ReceiptStatus.Accepted, r.Status));
        await _world.WorkAsync();
        Assert.All(await _world.ReceiveAsync(Batch()), r => Assert.Equal(ReceiptStatus.Duplicate, r.Status));
        Assert.Equal(0, await _world.WorkAsync());
        Assert.Equal(300, (await _world.OutcomesAsync()).Select(o => o.Key).Distinct().Count());
    }

    [Fact]
    public async Task ABatchOfTheLongestCommentsFitsItsTransactions()
    {
        var text = string.Concat(Enumerable.Repeat("😡", CommentLimits.Text / 2));
        await _world.ReceiveAsync([.. Enumerable.Range(0, 120).Select(i => _world.Some($"c{i}", text))]);
        Assert.Equal(240, (await _world.RowsAsync(_world.Tables.Comments)).Count);
    }

    [Theory]
    [InlineData("/\\#?%+'\"~!")]
    [InlineData("\u0000\u0001\n\t")]
    [InlineData("😀è日本")]
    [InlineData(".")]
    public async Task AnyIdWillDo(string id)
    {
        await _world.ReceiveAsync(_world.Some(id, author: id));
        await _world.ReceiveAsync(_world.Some(new string('x', CommentLimits.Id), author: new string('y', CommentLimits.Id)));
        await _world.WorkAsync();
        Assert.Equal(2, (await _world.OutcomesAsync()).Count);
        Assert.Contains(await _world.OutcomesAsync(), o => o.Key.Id == id && o.Comment.Author!.Id == id);
        Assert.Equal(2, (await _world.RowsAsync(_world.Tables.Authors)).Count);
    }

    [Fact]
    public async Task TheNoteOfAReceiptLiesBesideTheComment()
    {
        var comment = _world.Some();
        await _world.ReceiveAsync(comment);
        var rows = await _world.RowsAsync(_world.Tables.Comments);
        Assert.Equal(2, rows.Count);
        Assert.Single(rows.Select(r => r.PartitionKey).Distinct());
        Assert.Contains(rows, r => r.RowKey == Keys.ReceiptRow(comment.Key, 1, comment.ReceivedAt));
    }
}
