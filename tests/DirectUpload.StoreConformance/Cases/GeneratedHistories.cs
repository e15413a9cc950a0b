using DirectUpload.StoreConformance.Histories;

namespace DirectUpload.StoreConformance.Cases;

internal static class GeneratedHistories
{
    public static Task Whatever_several_do_at_once_some_order_explains_it(Bench bench) => HistoryRun.RunAsync(bench);
}
