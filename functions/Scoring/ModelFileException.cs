namespace Moderato.Scoring;

/// <summary>A model file that cannot be used; the message says what is wrong with it.</summary>
public sealed class ModelFileException : Exception
{
    public ModelFileException(string message)
        : base(message)
    {
    }

    public ModelFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ModelFileException()
    {
    }
}
