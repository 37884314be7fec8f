namespace Moderato.Local.Hosting;

/// <summary>The app's files cannot be run as they are.</summary>
/// <param name="problems">A sentence per problem, each naming the file and the field.</param>
public sealed class AppException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
