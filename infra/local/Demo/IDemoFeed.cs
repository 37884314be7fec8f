namespace Moderato.Local.Demo;

/// <summary>One platform, playing its part of the script from beginning to end.</summary>
internal interface IDemoFeed
{
    Task PlayAsync(CancellationToken cancellationToken);
}
