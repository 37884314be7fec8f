namespace Moderato.Local.Hosting;

/// <summary>Calls a function whenever it is due, until the host stops.</summary>
internal interface IListener
{
    /// <summary>The function's name.</summary>
    string Name { get; }

    /// <param name="stopping">Nothing more begins; what runs is waited for.</param>
    /// <param name="abandon">What runs is given up.</param>
    Task ListenAsync(CancellationToken stopping, CancellationToken abandon);
}
