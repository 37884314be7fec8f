using System.Text.Json.Nodes;
using Moderato.Local;
using Moderato.Local.Hosting;
using Xunit;

namespace Moderato.Tests.LocalHosting;

public sealed class AppTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task EverythingThatIsWrongIsListedAtOnceWithItsFileAndField()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_app.App, "host.json"),
            """
            {
              "functionTimeout": "soon",
              "customHandler": {"description": {"defaultExecutablePath": "nothing-of-that-name"}, "enableForwardingHttpRequest": "yes"},
              "extensions": {"queues": {"batchSize": 33, "visibilityTimeout": 30, "messageEncoding": "rot13"}}
            }
            """);
        await File.WriteAllTextAsync(Path.Combine(_app.App, "local.settings.json"), """{"IsEncrypted": true, "Values": {"NUMBER": 1}}""");
        _app.WithHttp("Hello", "hello/{")
            .WithTimer("Tick", "whenever")
            .WithTimer("Tock", "%Missing%")
            .With("Both", Trigger("queueTrigger"), Trigger("timerTrigger"))
            .With("Odd", Trigger("blobTrigger"))
            .With("Out", Trigger("queueTrigger"), new JsonObject { ["type"] = "queue", ["direction"] = "out", ["name"] = "out" });

        var wrong = await Assert.ThrowsAsync<AppException>(() => LocalHost.StartAsync(_app.Options));

        Assert.Equal(
            [
                "Both/function.json: bindings must hold exactly one trigger, not 2.",
                "Hello/function.json: bindings[0].route is hello/{, which is no route template.",
                "Odd/function.json: bindings[0].type is blobTrigger: this host knows httpTrigger, queueTrigger and timerTrigger.",
                "Out/function.json: bindings[0].connection names the setting AzureWebJobsStorage, which is not set.",
                "Out/function.json: bindings[1].type is queue: beside a queueTrigger this host knows no such binding.",
                "Tick/function.json: bindings[0].schedule is \"whenever\", which is no cron expression of six fields (second minute hour day month weekday) or five.",
                "Tock/function.json: bindings[0].schedule names the setting Missing, which is not set.",
                "host.json: customHandler.description.defaultExecutablePath names nothing-of-that-name, which is neither in the app's folder nor on the PATH.",
                "host.json: customHandler.enableForwardingHttpRequest must be true or false.",
                "host.json: extensions.queues.batchSize must be a whole number from 1 to 32.",
                "host.json: extensions.queues.messageEncoding must be base64 or none.",
                "host.json: extensions.queues.visibilityTimeout must be a time span as hh:mm:ss.",
                "host.json: functionTimeout must be a time span as hh:mm:ss.",
                "local.settings.json: IsEncrypted must be false: there is nothing here to decrypt it with.",
                "local.settings.json: Values.NUMBER must be text.",
            ],
            wrong.Problems.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ADamagedFileIsNamedWithTheLine()
    {
        _app.WithHttp("Hello", "hello");
        await File.WriteAllTextAsync(Path.Combine(_app.App, "host.json"), "{\n  oops\n}");

        var wrong = await Assert.ThrowsAsync<AppException>(() => LocalHost.StartAsync(_app.Options));

        Assert.Equal("host.json is no JSON: line 2, position 3.", Assert.Single(wrong.Problems));
    }

    [Fact]
    public void AnAppWithoutFunctionsOrHostFileIsRefused()
    {
        File.Delete(Path.Combine(_app.App, "host.json"));

        var wrong = Assert.Throws<AppException>(() => App.Read(_app.App, settingsFile: null, new Dictionary<string, string>()));

        Assert.Equal(["host.json is missing.", $"{_app.App} holds no function: a folder with a function.json."], wrong.Problems);
    }

    [Fact]
    public void WhatHostJsonDoesNotSayIsAsInTheFunctionsHost()
    {
        _app.WithHttp("Hello", "hello");
        File.WriteAllText(
            Path.Combine(_app.App, "host.json"), """{"customHandler": {"description": {"defaultExecutablePath": "handler.js"}, "enableForwardingHttpRequest": true}}""");

        var host = App.Read(_app.App, settingsFile: null, new Dictionary<string, string>()).Host;

        Assert.Equal("api", host.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(30), host.FunctionTimeout);
        Assert.Equal(16, host.Queues.BatchSize);
        Assert.Equal(8, host.Queues.NewBatchThreshold);
        Assert.Equal(5, host.Queues.MaxDequeueCount);
        Assert.True(host.Queues.Base64);
    }

    private static JsonObject Trigger(string type) => new()
    {
        ["type"] = type,
        ["direction"] = "in",
        ["name"] = "message",
        ["queueName"] = "q",
    };
}
