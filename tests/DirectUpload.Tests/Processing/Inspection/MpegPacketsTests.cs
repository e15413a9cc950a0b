using System.Text;
using CsCheck;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>The media type that operating systems have for .ts: transport streams, and TypeScript.</summary>
public sealed class MpegPacketsTests
{
    private const string Type = "video/mp2t";

    [Theory]
    [InlineData("export default function A(){ return <div/>; }\n")]
    [InlineData("import React from 'react';\n")]
    [InlineData("'use strict';\nexport const x = 1;")]
    [InlineData("/** Docs */\nexport interface A { b: string }")]
    [InlineData("#!/usr/bin/env ts-node\nconsole.log(1);")]
    [InlineData("// Grüße\ntype A = 1;")]
    [InlineData("Generic<T>")]
    [InlineData("<?xml version=\"1.0\"?>\n<!DOCTYPE TS>\n<TS version=\"2.1\"/>")]
    public void Inspect_Text_IsTypeScriptAndNoTransportStream(string text)
    {
        foreach (var content in new[] { TestBytes.Utf8(text), TestBytes.WithByteOrderMark(Encoding.Unicode, text) })
        {
            SampleFile.Inspect(Type, content).Accepted.Should().BeFalse();
            SampleFile.Inspect("text/typescript", content).Detail.Should().BeNull();
        }
    }

    [Fact]
    public void Inspect_Packets_AreATransportStream() =>
        Gen.Select(Gen.OneOf(188, 192, 204), Gen.Int[2, 40], Gen.Int[0, 187], Gen.Byte.Array[4, 20]).Sample((length, packets, skip, fill) =>
        {
            var stream = CreatePackets(length, packets, fill);
            // A recording that begins within a packet needs more of them to be certain.
            var content = packets < 12 ? stream : stream[skip..];
            return SampleFile.Inspect(Type, content).DetectedType == Type && !SampleFile.Inspect("text/plain", content).Accepted;
        });

    [Fact]
    public void Inspect_OtherContent_IsNoTransportStream() =>
        SampleFiles.All.Where(sample => sample.InspectAs(Type).Accepted)
            .Should().BeEmpty();

    [Fact]
    public void Inspect_BinaryWithoutSync_IsRejected()
    {
        var garbled = CreatePackets(188, 20, [0, 1]);
        garbled[188 * 3] = 0;
        garbled[188 * 9] = 0;
        garbled[188 * 15] = 0;

        SampleFile.Inspect(Type, garbled).Accepted.Should().BeFalse();
    }

    [Fact]
    public void Inspect_TextOfTheLetterG_IsText() =>
        SampleFile.Inspect("text/plain", TestBytes.Ascii(new string('G', 4_000))).Detail.Should().BeNull();

    private static byte[] CreatePackets(int length, int packets, byte[] fill)
    {
        var stream = new byte[length * packets];
        for (var i = 0; i < stream.Length; i++)
            stream[i] = (i - (length == 192 ? 4 : 0)) % length == 0 ? (byte)0x47 : i % 50 == 9 ? (byte)0 : fill[i % fill.Length];
        return stream;
    }
}
