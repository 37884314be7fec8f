namespace Moderato.Local.Up;

/// <summary><c>up</c> cannot go on; the message is for the person who typed it.</summary>
internal sealed class UpException(string message) : Exception(message);
