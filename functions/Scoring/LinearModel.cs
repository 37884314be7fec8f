namespace Moderato.Scoring;

/// <summary>Everything learned: one way of making features and the heads that read them. Immutable, so any thread may ask.</summary>
/// <param name="Version">Name of the training and the first eight hex digits of the file's hash, such as <c>1+3a5b2c9d</c>.</param>
/// <param name="Features">How texts became the numbers the weights belong to.</param>
/// <param name="Heads">One per question. A reader takes the heads it knows.</param>
public sealed record LinearModel(string Version, FeatureParameters Features, IReadOnlyList<LinearHead> Heads)
{
    /// <exception cref="ModelFileException">The stream is no model this version can use; the message says why.</exception>
    public static LinearModel Load(Stream stream) => ModelFile.Read(stream);

    /// <exception cref="ModelFileException">There is no such head.</exception>
    public LinearHead Head(string name) =>
        Heads.FirstOrDefault(head => head.Name == name) ?? throw new ModelFileException($"Model {Version} has no head '{name}'.");
}
