using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);

// Who may upload. Replace this with your application's own sign-in.
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
builder.Services.AddAuthorization();

builder.Services
    .AddDirectUploads(options => options.AddProfile("avatar", avatar =>
    {
        avatar.ContentTypes.Add("image/*");
        avatar.MaxSize = 5 * 1024 * 1024;   // bytes
        avatar.Inline = true;               // browsers show the image instead of downloading it
    }))
    .UseLocalS3()                           // an S3 server inside this process, for development
    .UseEntityFrameworkCore(options => options.UseSqlite("Data Source=uploads.db"))
    .AddWorker();                           // finishes interrupted uploads and deletes expired ones

var app = builder.Build();

app.UseDefaultFiles();
app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();

app.MapDirectUploads("/uploads").RequireAuthorization();

// Signs in every visitor as the same user, for this example only.
app.MapPost("/sign-in", (HttpContext context) => context.SignInAsync(new ClaimsPrincipal(
    new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ada")], CookieAuthenticationDefaults.AuthenticationScheme))));

app.Run();
