using Moderato.Comments;
using Moderato.Hosting.Worker;
using Moderato.Moderation;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Moderation;

public sealed class ParkTests : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task WhatFailedEveryTryIsParkedOnceWithoutItsText()
    {
        var message = await MessageOfAsync(_world.Some("1", "parole"), _world.Some("2", "parole"));
        await ParkAsync(message);
        await ParkAsync(message);
        var rows = await _world.RowsAsync(_world.Tables.DeadLetters);
        Assert.Equal(["1", "2"], rows.Select(r => r.GetString("Id")).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(rows, r => r.Any(p => p.Value is "parole"));
        Assert.All(rows, r => Assert.NotEmpty(r.GetString("Reason")!));
    }

    [Fact]
    public async Task WhatGotItsOutcomeAfterAllIsNotParked()
    {
        var message = await MessageOfAsync(_world.Some("1"));
        await _world.Make<ModerateComments>().Run(message, CancellationToken.None);
        await ParkAsync(message);
        Assert.Empty(await _world.RowsAsync(_world.Tables.DeadLetters));
    }

    [Fact]
    public async Task AMessageThatNobodyCanReadIsKeptWhole()
    {
        await ParkAsync("{\"type\":\"surprise\"}");
        var row = Assert.Single(await _world.RowsAsync(_world.Tables.DeadLetters));
        Assert.Equal("{\"type\":\"surprise\"}"u8.ToArray(), row.GetBinary("Message"));
    }

    [Fact]
    public async Task AMessageOfAnUnknownVersionFailsLoudlySoThatTheHostTriesAgain() =>
        await Assert.ThrowsAsync<FormatException>(() =>
            _world.Make<ModerateComments>().Run("{\"type\":\"comments\",\"version\":2,\"community\":\"demo\",\"items\":[]}", CancellationToken.None));

    private async Task<string> MessageOfAsync(params Comment[] comments)
    {
        await _world.ReceiveAsync(comments);
        return (await _world.TakeAsync())!.Body.ToString();
    }

    private Task ParkAsync(string message) => _world.Make<ParkComments>().Run(message, new Context(), CancellationToken.None);

    private sealed class Context : FunctionContext
    {
        public override string InvocationId => "invocation";
        public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();
        public override BindingContext BindingContext { get; } = new Data();
        public override IServiceProvider InstanceServices { get; set; } = null!;
    }

    private sealed class Data : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = new Dictionary<string, object?> { ["Id"] = "message-1" };
    }
}
