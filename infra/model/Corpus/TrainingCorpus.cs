using Moderato.Scoring;

namespace Moderato.Model.Corpus;

/// <summary>Everything there is to learn from and to measure on.</summary>
/// <param name="Texts">In the same order on every machine.</param>
/// <param name="Vocabulary">The words that extraction knows.</param>
/// <param name="Files">What was read.</param>
public sealed record TrainingCorpus(IReadOnlyList<LabelledText> Texts, Vocabulary Vocabulary, FileDigests Files)
{
    /// <param name="open">Folder with one folder per open source.</param>
    /// <param name="own">The project's own data, <c>infra/model/data</c>.</param>
    /// <exception cref="DataException">Something is missing or not as described; the message names it.</exception>
    public static TrainingCorpus Read(string open, string own)
    {
        foreach (var folder in (string[])[open, own])
            if (!Directory.Exists(folder)) throw new DataException($"The folder {folder} does not exist.");

        var digests = new FileDigests();
        var vocabulary = new LexiconFiles(digests).Read(own, open);
        var sources = new OpenSources(open, digests);
        var comments = Path.Combine(own, "comments.tsv");
        digests.Note("comments.tsv", comments);
        LabelledText[] texts = [.. sources.Read(), .. OwnComments.Read(comments), .. sources.ReadForTesting()];
        return new TrainingCorpus(texts, vocabulary, digests);
    }
}
