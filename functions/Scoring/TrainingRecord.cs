namespace Moderato.Scoring;

/// <summary>What a model came from, kept in its file.</summary>
/// <param name="Seed">Order of the texts in training.</param>
/// <param name="Files">Every file it learned from and its SHA-256 in hex, in the order they were read.</param>
public sealed record TrainingRecord(ulong Seed, IReadOnlyList<(string Name, string Digest)> Files);
