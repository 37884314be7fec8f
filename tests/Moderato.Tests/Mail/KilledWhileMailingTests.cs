using Moderato.Mail;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Mail;

/// <summary>
/// The app is killed at every storage request of posting and sending, before it and after it. Then the post is repeated and the queue
/// delivers again: no mail is lost, none has two Message-IDs, and two of one are sent only where the server took it and that was not yet
/// written down.
/// </summary>
public sealed class KilledWhileMailingTests : IAsyncLifetime
{
    private SmtpServer _server = null!;

    public async Task InitializeAsync() => _server = await SmtpServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AMailIsNeverLostAndDoubledOnlyInTheKnownWindow(bool afterwards)
    {
        var doubled = new List<int>();
        var (killings, received) = (0, 0);
        for (var request = 1; ; request++)
        {
            await using var world = await World.CreateAsync(mail: _server);
            world.Storage.KillAt(request, afterwards);
            await RunAsync(world);
            var killed = world.Storage.HasKilled;
            world.Storage.Reset();
            world.Time.Advance(TimeSpan.FromMinutes(5)); // what held the mail holds it no longer
            await RunAsync(world);

            Assert.Equal(MailState.Sent, (await world.OnlyMailAsync()).State);
            var mails = (await _server.MailsAsync()).Skip(received).ToList();
            Assert.Single(mails.DistinctBy(m => m.MessageId));
            if (mails.Count > 1)
                doubled.Add(request);
            received += mails.Count;
            if (!killed)
                break;
            killings++;
        }
        Assert.True(killings >= 7, $"Only {killings} places to be killed at were found.");
        Assert.InRange(doubled.Count, 1, 2); // reading and replacing the row, when the mail is sent
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATemporaryRefusalIsNeverTheEnd(bool afterwards)
    {
        for (var (request, killed, received) = (1, true, 0); killed; request++)
        {
            await using var world = await World.CreateAsync(mail: _server);
            await world.PostAsync(MailWorld.Request());
            await _server.RefuseAsync("to", 451);
            world.Storage.KillAt(request, afterwards);
            await RunAsync(world);
            killed = world.Storage.HasKilled;
            world.Storage.Reset();
            await _server.TakeAllAsync();
            world.Time.Advance(TimeSpan.FromMinutes(5));
            // Whatever turns lie in the queue, they are of the first try or of the second.
            var mail = await world.OnlyMailAsync();
            await world.TurnAsync(mail with { Attempts = 0 });
            await world.TurnAsync(mail with { Attempts = 1 });
            Assert.Equal(MailState.Sent, (await world.OnlyMailAsync()).State);
            Assert.Equal(++received, (await _server.MailsAsync()).Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARefusalForGoodIsNotedOnTheMailAndOnTheAddress(bool afterwards)
    {
        await _server.RefuseAsync("to", 550);
        for (var (request, killed) = (1, true); killed; request++)
        {
            await using var world = await World.CreateAsync(mail: _server);
            await world.PostAsync(MailWorld.Request());
            var mail = await world.OnlyMailAsync();
            world.Storage.KillAt(request, afterwards);
            await RunAsync(world);
            killed = world.Storage.HasKilled;
            world.Storage.Reset();
            world.Time.Advance(TimeSpan.FromMinutes(5));
            await world.TurnAsync(mail);
            Assert.Equal(MailState.Bounced, (await world.OnlyMailAsync()).State);
            Assert.NotNull((await world.Get<IMailStore>().AboutAsync(World.Demo, MailWorld.Anna, CancellationToken.None)).Bounce);
        }
    }

    /// <summary>Posts, and gives the mail its turns until nothing is left or the app is dead.</summary>
    private static async Task RunAsync(World world)
    {
        try
        {
            await world.PostAsync(MailWorld.Request());
            var queue = world.Queue(Moderato.Comments.QueueNames.Mails);
            while ((await queue.ReceiveMessageAsync(TimeSpan.FromSeconds(1))).Value is { } message)
            {
                await world.Make<SendMails>().Run(message.Body.ToString(), CancellationToken.None);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }
        catch (Exception) when (world.Storage.HasKilled)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1_100), TimeProvider.System); // the lease on the message runs out
        }
    }
}
