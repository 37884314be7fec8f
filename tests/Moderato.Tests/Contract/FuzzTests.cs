using System.Diagnostics;
using System.Text.Json.Nodes;
using Moderato.Contract;
using Moderato.Hosting;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Contract;

/// <summary>Thousands of requests that nobody would write by hand. Whatever comes, the answer is a documented one.</summary>
public sealed class FuzzTests(ContractApp app) : IClassFixture<ContractApp>
{
    private const int Seed = 20261121;
    private const int MostRequests = 6_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Operations that would take away what the others are asked about, or need a second of their own each.</summary>
    private static readonly string[] Sparing = ["EraseAuthor", "DeleteKey", "GetOpenApi"];

    /// <summary>Operations that show what people wrote.</summary>
    private static readonly string[] ShowComments =
    [
        "GetOutcomes", "ExportOutcomes", "GetOutcome", "GetReviews", "ClaimReviews", "ClaimReview", "PostDecision", "UndoDecision", "ConfirmProposal", "GetHandoff", "PostHandoff", "GetMembers", "GetMember",
        "GetDigest", "CompileDigestNow", "GetIncidentPage", "PostIncidentPage", "GetParkedOne", "ReplayParked", "DiscardParked", "ExportAuthor", "WhichRule",
    ];

    [Fact]
    public async Task WhateverIsSentTheAnswerIsDocumented()
    {
        var (fuzzer, began, wrong) = (new Fuzzer(app, Seed), Stopwatch.StartNew(), new List<string>());
        var operations = OpenApiDocument.Operations;
        var sent = 0;
        for (; sent < MostRequests && began.Elapsed < Longest && wrong.Count < 20; sent++)
        {
            var (operation, method, route) = operations[sent % operations.Count];
            if (Sparing.Contains(operation.Function) && sent >= operations.Count * 3)
                continue;
            using var request = fuzzer.Next(operation, method, route);
            using var answer = await app.Client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            if (await WrongAsync(operation, answer, body) is { } problem)
                wrong.Add($"seed {Seed}, request {sent}: {fuzzer.Last}\n  {problem}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(sent > 1_000, $"Only {sent} requests in {began.Elapsed}.");
        foreach (var secret in new[] { ContractApp.Marker, Azurite.Key, "   at Moderato." })
            Assert.DoesNotContain(secret, app.Log, StringComparison.Ordinal);
    }

    private async Task<string?> WrongAsync(Operation operation, HttpResponseMessage answer, string body)
    {
        var status = (int)answer.StatusCode;
        if (status >= 500)
            return $"it answered {status}: {Judge.Beginning(body)}";
        if (body.Contains("   at Moderato.", StringComparison.Ordinal) || body.Contains(Azurite.Key, StringComparison.Ordinal) || body.Contains(ContractApp.SiteSecret, StringComparison.Ordinal))
            return $"it tells what is nobody's: {Judge.Beginning(body)}";
        if (body.Contains(ContractApp.Marker, StringComparison.Ordinal) && !ShowComments.Contains(operation.Function))
            return $"it shows a comment: {Judge.Beginning(body)}";
        // The server takes dots out of an address, so that it is another operation's.
        if (answer.RequestMessage!.RequestUri!.OriginalString.Split('?')[0].Split('/').Any(s => Uri.UnescapeDataString(s) is "." or ".."))
            return null;
        // Refused by the server before any function, or another route: an address with such a path is none of this operation's.
        if (status is 400 or 404 or 405 or 414 or 431 && body.Length == 0)
            return null;
        if (await Judge.WrongAsync(app, OpenApiDocument.IdOf(operation), answer, body, null) is { } wrong)
            return wrong;
        return answer.Content.Headers.ContentType?.MediaType == Problem.ContentType && !ProblemType.All.Select(p => p.Address).Contains((string?)JsonNode.Parse(body)!["type"])
            ? $"it has an unknown type: {Judge.Beginning(body)}"
            : null;
    }
}
