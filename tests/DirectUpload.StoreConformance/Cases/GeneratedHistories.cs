using DirectUpload.StoreConformance.Histories;

namespace DirectUpload.StoreConformance.Cases;

internal static class GeneratedHistories
{
    public static Task Concurrent_operations_are_linearizable(CaseContext context) => HistoryRunner.RunAsync(context);
}
