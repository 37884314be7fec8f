namespace Moderato.Mail;

/// <summary>
/// What a letter says, before it is HTML or plain text: both are made from this, so that both say the same. Texts are Moderato's own words;
/// what came from outside goes into them through <see cref="Foreign.Of"/>.
/// </summary>
/// <param name="Language"><c>it</c> or <c>en</c>.</param>
/// <param name="Subject">The mail's subject.</param>
/// <param name="Preview">What mail programs show beside the subject.</param>
/// <param name="Heading">The first line.</param>
/// <param name="Blocks">The rest, in its order.</param>
/// <param name="Footer">Where the letter ends; links without an address are left out.</param>
public sealed record LetterPage(string Language, string Subject, string Preview, string Heading, IReadOnlyList<Block> Blocks, IReadOnlyList<PageLink> Footer)
{
    /// <summary>The last line before that; nothing for none.</summary>
    public string Closing { get; init; } = "";

    /// <summary>Why this letter comes to whoever reads it.</summary>
    public string FooterNote { get; init; } = "";
}

/// <summary>How loud something is.</summary>
public enum Tone
{
    Plain,

    /// <summary>Beside the point.</summary>
    Soft,

    /// <summary>Before anything else.</summary>
    Grave,
}

/// <summary>One piece of a letter.</summary>
public abstract record Block;

/// <summary>A heading under the letter's own.</summary>
public sealed record Section(string Heading) : Block;

/// <summary>A heading within a section.</summary>
public sealed record Subsection(string Heading) : Block;

public sealed record Paragraph(string Text, Tone Tone = Tone.Plain) : Block;

/// <summary>One thing of a list.</summary>
/// <param name="Lead">Who or what; stands out.</param>
/// <param name="Lines">What there is to know, a line each.</param>
public sealed record Card(string Lead, params IReadOnlyList<string> Lines) : Block
{
    public Tone Tone { get; init; }
    public IReadOnlyList<Quotation> Quotes { get; init; } = [];
    public IReadOnlyList<PageLink> Links { get; init; } = [];
}

/// <summary>Words of somebody's, as they wrote them.</summary>
/// <param name="Label">What they are, or whose; null for nothing.</param>
/// <param name="Words">The words, between the marks that the language quotes with; null for a line to be filled in.</param>
public sealed record Quotation(string? Label, string? Words);

/// <summary>A link; shown only where its address is one that may be shown.</summary>
/// <param name="Text">What is behind it.</param>
/// <param name="Address">Where it leads.</param>
public sealed record PageLink(string Text, string? Address);

/// <summary>How something falls into negative, neutral and positive, as a bar with its numbers beside it.</summary>
/// <param name="Lead">Of what; stands out.</param>
/// <param name="Line">What else there is to say of it.</param>
/// <param name="Negative">How many negative.</param>
/// <param name="Neutral">How many neutral.</param>
/// <param name="Positive">How many positive.</param>
/// <param name="Figures">The same numbers in words.</param>
/// <param name="Below">How that is to be read.</param>
public sealed record MoodBar(string Lead, string Line, int Negative, int Neutral, int Positive, string Figures, string Below) : Block;

/// <summary>A small table.</summary>
/// <param name="Caption">What is counted; read aloud by screen readers, and a line of its own in plain text where it is not empty.</param>
/// <param name="Rows">What, and how many.</param>
public sealed record Figures(string Caption, IReadOnlyList<(string Label, string Number)> Rows) : Block;
