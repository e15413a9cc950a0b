using System.Reflection;

namespace DirectUpload.StoreConformance;

/// <summary>Tests one sentence of the contract of <see cref="IUploadRecordStore"/>.</summary>
public sealed class ConformanceCase
{
    private readonly Func<CaseContext, Task> _run;

    private ConformanceCase(string name, Func<CaseContext, Task> steps) => (Name, _run) = (name, steps);

    /// <summary>Gets the subject and the sentence, such as <c>LeaseDue: the longest overdue come first</c>.</summary>
    public string Name { get; }

    /// <summary>Gets every case, ordered by its subject.</summary>
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        // A case is a public method in the namespace Cases that takes a context.
        .. from type in typeof(ConformanceCase).Assembly.GetTypes()
           where type.Namespace == $"{typeof(ConformanceCase).Namespace}.Cases"
           orderby type.Name
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
           where method.GetParameters() is [{ ParameterType: var parameter }] && parameter == typeof(CaseContext)
           select new ConformanceCase($"{type.Name}: {ToSentence(method.Name)}", method.CreateDelegate<Func<CaseContext, Task>>()),
    ];

    /// <summary>Returns the case with the specified name.</summary>
    /// <param name="name">The <see cref="Name"/> of the case.</param>
    /// <returns>The case.</returns>
    /// <exception cref="InvalidOperationException">No case has the name.</exception>
    public static ConformanceCase Get(string name) => All.Single(@case => @case.Name == name);

    /// <summary>Runs the case against a store.</summary>
    /// <param name="subject">An empty store.</param>
    /// <param name="options">The lags and features that the store documents.</param>
    /// <param name="cancellationToken">Cancels the case.</param>
    /// <returns>A task that completes when the store has passed the case.</returns>
    /// <exception cref="Xunit.Sdk.XunitException">
    /// The store does not meet the contract; the message shows the difference.
    /// </exception>
    public async Task RunAsync(IStoreUnderTest subject, StoreConformanceOptions options, CancellationToken cancellationToken)
    {
        var secondStore = await subject.OpenSecondInstanceAsync(cancellationToken);
        await _run(new CaseContext(subject.Store, secondStore, options, cancellationToken));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string ToSentence(string method)
    {
        var words = method.Replace("_s_", "'s_", StringComparison.Ordinal).Replace('_', ' ');
        return char.ToLowerInvariant(words[0]) + words[1..];
    }
}
