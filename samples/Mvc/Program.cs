using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MvcSample;
using MvcSample.Accounts;
using MvcSample.Data;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddDbContext<ApplicationDbContext>(o => o.UseSqlite(builder.Configuration.GetConnectionString("Database")));
builder.Services.AddAccounts();
builder.Services.AddControllersWithViews(o => o.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()));

// The section DirectUploads of appsettings.json defines the profiles "avatar" and "photo".
builder.Services.AddDirectUploads()
    .UseConfiguredS3(builder.Configuration.GetSection("S3"))
    .UseEntityFrameworkCore<ApplicationDbContext>() // the records are in the application's own database
    .AddWorker();

var app = builder.Build();
await app.MigrateDatabaseAsync();

app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();

app.MapControllers();
app.MapDirectUploads("/uploads").RequireAuthorization();

app.Run();
