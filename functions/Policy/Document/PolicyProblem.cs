namespace Moderato.Policy;

/// <summary>Something about a document that its writer should know.</summary>
/// <param name="Line">Where, from 1.</param>
/// <param name="Column">Where in the line, from 1.</param>
/// <param name="IsError">An error keeps the document from being used; anything else is a warning.</param>
/// <param name="English">What is wrong and what would be right.</param>
/// <param name="Italian">The same in Italian.</param>
public sealed record PolicyProblem(int Line, int Column, bool IsError, string English, string Italian)
{
    public string In(string language) => language == "it" ? Italian : English;
}
