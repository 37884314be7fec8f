using System.Text;
using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>A digest as plain text: complete, with bars of block characters.</summary>
public static class DigestText
{
    private const int BarLength = 20;

    public static string Render(Digest digest, IReadOnlyDictionary<string, Quote> quotes)
    {
        var words = DigestWords.Of(digest.Language);
        var text = new StringBuilder();
        Line(text, words.Heading(digest).ToUpper(words.Culture));
        if (digest.Partial)
            Line(text, words.PartialNote);
        Line(text);

        if (digest.Completeness.Received == 0)
        {
            Line(text, words.EmptyDay);
        }
        else
        {
            AppendAttention(text, digest, quotes, words);
            AppendChannels(text, digest, words);
            AppendDecisions(text, digest, words);
        }
        Line(text);
        Line(text, words.Accounts(digest.Completeness));
        if (digest.Completeness.Lost == 0)
            Line(text, words.NothingLost);
        return text.ToString();
    }

    private static void AppendAttention(StringBuilder text, Digest digest, IReadOnlyDictionary<string, Quote> quotes, DigestWords words)
    {
        if (digest.AttentionTotal == 0)
        {
            Line(text, words.NothingNeedsYou);
            return;
        }
        Line(text, $"{words.NeedsYou} ({words.ShownOf(digest.Attention.Count, digest.AttentionTotal)})");
        foreach (var item in digest.Attention)
        {
            var quote = quotes.GetValueOrDefault(item.OutcomeId);
            Line(text);
            Line(text, $"* {OneLine(quote?.Author ?? words.Anonymous)} ({item.Platform}): {words.Because(digest, item.Rule)}");
            if (quote is { Text.Length: > 0 })
                Line(text, $"  «{OneLine(quote.Text)}»");
            if (quote?.Permalink is { } link && WebAddress.IsValid(link))
                Line(text, $"  {link}");
        }
    }

    private static void AppendChannels(StringBuilder text, Digest digest, DigestWords words)
    {
        Line(text);
        Line(text, words.ByChannel);
        foreach (var channel in digest.Channels)
        {
            Line(text, $"  {OneLine(Name(channel))}");
            Line(text, $"  {Bar(channel)}  {words.Comments} {channel.Comments}: {words.Negative} {channel.Negative}, {words.Neutral} {channel.Neutral}, {words.Positive} {channel.Positive}");
        }
    }

    private static void AppendDecisions(StringBuilder text, Digest digest, DigestWords words)
    {
        Line(text);
        Line(text, words.WhatWasDone);
        foreach (var decision in Enum.GetValues<Decision>().Where(d => digest.Decisions.GetValueOrDefault(d) > 0))
            Line(text, $"  {words.Of(decision)}: {digest.Decisions[decision]}");
        if (digest.Removed > 0)
            Line(text, $"  {words.RemovedByAuthors}: {digest.Removed}");
        if (digest.Shadows.Count == 0)
            return;
        Line(text);
        Line(text, words.ShadowRules);
        foreach (var (rule, count) in digest.Shadows.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal))
            Line(text, $"  {OneLine(words.Because(digest, rule))}: {words.WouldHaveDecided(count)}");
    }

    /// <summary>Negative dark, neutral grey, positive light; rounded so that it always has the same length.</summary>
    private static string Bar(ChannelCount channel)
    {
        var negative = (int)Math.Round((double)BarLength * channel.Negative / channel.Comments);
        var positive = Math.Min(BarLength - negative, (int)Math.Round((double)BarLength * channel.Positive / channel.Comments));
        return new string('█', negative) + new string('▒', BarLength - negative - positive) + new string('░', positive);
    }

    /// <summary>Nobody's name or words may look like a line of the digest's own.</summary>
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    internal static string Name(ChannelCount channel) =>
        channel.Channel == channel.Platform.ToString() ? channel.Channel : $"{channel.Platform} · {channel.Channel}";

    private static void Line(StringBuilder text, string line = "") => text.Append(line).Append('\n');
}
