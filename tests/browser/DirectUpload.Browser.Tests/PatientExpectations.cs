using DirectUpload.Browser.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PatientExpectations))]

namespace DirectUpload.Browser.Tests;

/// <summary>Gives pages more time than Playwright's five seconds: other tests use the same processors.</summary>
public sealed class PatientExpectations
{
    public PatientExpectations() => Assertions.SetDefaultExpectTimeout(30_000);
}
