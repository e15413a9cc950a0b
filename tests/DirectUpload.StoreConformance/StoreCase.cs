using System.Reflection;

namespace DirectUpload.StoreConformance;

/// <summary>One sentence of the contract, and the steps that find out whether a store keeps it.</summary>
public sealed class StoreCase
{
    private readonly Func<Bench, Task> _steps;

    private StoreCase(string name, Func<Bench, Task> steps) => (Name, _steps) = (name, steps);

    /// <summary>What it is about, and the sentence: <c>Claiming: the longest overdue come first</c>.</summary>
    public string Name { get; }

    /// <summary>Every case there is: the methods of the folder Cases that take a bench.</summary>
    public static IReadOnlyList<StoreCase> All { get; } =
    [
        .. from type in typeof(StoreCase).Assembly.GetTypes()
           where type.Namespace == $"{typeof(StoreCase).Namespace}.Cases"
           orderby type.Name
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
           where method.GetParameters() is [{ ParameterType: var parameter }] && parameter == typeof(Bench)
           select new StoreCase($"{type.Name}: {Sentence(method.Name)}", method.CreateDelegate<Func<Bench, Task>>()),
    ];

    /// <summary>The case of that name.</summary>
    public static StoreCase Named(string name) => All.Single(@case => @case.Name == name);

    /// <summary>Tries the case; throws what tells the difference when the store does not keep it.</summary>
    /// <param name="subject">A store that holds nothing yet.</param>
    /// <param name="traits">What the store says of itself.</param>
    /// <param name="cancellationToken">Ends the case.</param>
    public async Task RunAsync(IStoreUnderTest subject, StoreTraits traits, CancellationToken cancellationToken)
    {
        var another = await subject.OpenAnotherAsync(cancellationToken);
        await _steps(new Bench(subject.Store, another, traits, cancellationToken));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string Sentence(string method)
    {
        var words = method.Replace("_s_", "'s_", StringComparison.Ordinal).Replace('_', ' ');
        return char.ToLowerInvariant(words[0]) + words[1..];
    }
}
