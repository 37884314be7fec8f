namespace Moderato.Model.Corpus;

/// <summary>Training data that is missing or not as described; the message is a sentence that names the file.</summary>
public sealed class DataException(string message) : Exception(message);
