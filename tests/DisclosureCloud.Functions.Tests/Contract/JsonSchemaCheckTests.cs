using System.Text.Json;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Contract;

/// <summary>The checker finds each fault that is planted, and none in what is good: else it would show nothing of the answers.</summary>
public sealed class JsonSchemaCheckTests
{
    private const string Document = """
        {
          "id": { "type": "string", "pattern": "^[a-z]{2}$" },
          "one": {
            "title": "t", "type": "object", "required": ["id"], "additionalProperties": false,
            "properties": {
              "id": { "$ref": "#/id" }, "count": { "type": "integer", "minimum": 0, "maximum": 9 }, "share": { "type": "number", "exclusiveMinimum": 0 },
              "state": { "enum": ["a", "b"] }, "kind": { "const": "k" }, "on": { "type": "string", "format": "date" },
              "at": { "type": "string", "format": "date-time" }, "from": { "type": ["string", "null"], "format": "uri" }, "source": { "format": "uri-reference" }, "is": { "type": "boolean" },
              "text": { "type": "string", "minLength": 1, "maxLength": 2 },
              "list": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "$ref": "#/id" } },
              "either": { "oneOf": [ { "type": "integer" }, { "type": "number", "minimum": 5 } ] },
              "any": { "anyOf": [ { "const": 1 }, { "const": 2 } ] },
              "which": { "type": "object", "minProperties": 1, "maxProperties": 1, "properties": { "a": { "const": 1 }, "b": { "const": 1 } } }
            },
            "dependentRequired": { "count": ["state"] }
          }
        }
        """;

    [Theory]
    [InlineData("""{"id":"ab"}""")]
    [InlineData("""{"id":"ab","count":9,"state":"b","share":0.1,"kind":"k","on":"2020-02-29","at":"2020-02-29T01:02:03.004Z","from":null,"is":false}""")]
    [InlineData("""{"id":"ab","text":"村路","list":["ab","cd"],"either":4,"any":2,"from":"http://example.gov.cn/"}""")]
    [InlineData("""{"id":"ab","either":5.5}""")]
    [InlineData("""{"id":"ab","which":{"b":1}}""")]
    [InlineData("""{"id":"ab","source":"sun.example.gov.cn/funds"}""")]
    [InlineData("""{"id":"ab","source":"https://sun.example.gov.cn/funds"}""")]
    public void Value_ThatIsGood_HasNoFault(string value) => Faults(value).ShouldBeEmpty();

    [Theory]
    [InlineData("""[]""", ": is no object")]
    [InlineData("""{}""", ": lacks 'id'")]
    [InlineData("""{"id":"abc"}""", "/id: has not the form ^[a-z]{2}$")]
    [InlineData("""{"id":"ab\n"}""", "/id: has not the form ^[a-z]{2}$")]
    [InlineData("""{"id":1}""", "/id: is no string")]
    [InlineData("""{"id":"ab","new":1}""", "/new: is not described")]
    [InlineData("""{"id":"ab","count":1}""", ": lacks 'state'")]
    [InlineData("""{"id":"ab","count":-1,"state":"a"}""", "/count: is less than 0")]
    [InlineData("""{"id":"ab","count":10,"state":"a"}""", "/count: is more than 9")]
    [InlineData("""{"id":"ab","count":1.5,"state":"a"}""", "/count: is no integer")]
    [InlineData("""{"id":"ab","count":"1","state":"a"}""", "/count: is no integer")]
    [InlineData("""{"id":"ab","share":0}""", "/share: is not more than 0")]
    [InlineData("""{"id":"ab","state":"c"}""", """/state: is none of ["a", "b"]""")]
    [InlineData("""{"id":"ab","kind":"l"}""", "/kind: is not k")]
    [InlineData("""{"id":"ab","on":"2020-02-30"}""", "/on: is no date")]
    [InlineData("""{"id":"ab","at":"2020-02-29 01:02:03"}""", "/at: is no date-time")]
    [InlineData("""{"id":"ab","from":"example"}""", "/from: is no uri")]
    [InlineData("""{"id":"ab","source":"a county"}""", "/source: is no uri-reference")]
    [InlineData("""{"id":"ab","is":null}""", "/is: is no boolean")]
    [InlineData("""{"id":"ab","which":{}}""", "/which: has too few members")]
    [InlineData("""{"id":"ab","which":{"a":1,"b":1}}""", "/which: has too many members")]
    [InlineData("""{"id":"ab","text":""}""", "/text: is too short")]
    [InlineData("""{"id":"ab","text":"abc"}""", "/text: is too long")]
    [InlineData("""{"id":"ab","list":[]}""", "/list: has too few items")]
    [InlineData("""{"id":"ab","list":["ab","cd","ef"]}""", "/list: has too many items")]
    [InlineData("""{"id":"ab","list":["ab","c"]}""", "/list/1: has not the form ^[a-z]{2}$")]
    [InlineData("""{"id":"ab","either":5}""", "/either: matches 2 of 2")]
    [InlineData("""{"id":"ab","any":3}""", "/any: matches 0 of 2")]
    public void Value_WithOneFault_IsFoundWhereItIs(string value, string fault) => Faults(value)[0].ShouldBe(fault);

    [Theory]
    [InlineData("""{"multipleOf":2}""")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"format":"email"}""")]
    [InlineData("""{"additionalProperties":{}}""")]
    [InlineData("""{"$ref":"#/nothing"}""")]
    [InlineData("""{"$ref":"other.json"}""")]
    public void Schema_WithSomethingUnknown_IsNoSchema(string schema) => Should.Throw<InvalidOperationException>(
        () => new JsonSchemaCheck(JsonElement.Parse(Document)).Faults(JsonElement.Parse(schema), JsonElement.Parse("\"x\"")));

    private static string[] Faults(string value)
    {
        JsonElement document = JsonElement.Parse(Document);
        return new JsonSchemaCheck(document).Faults(document.GetProperty("one"), JsonElement.Parse(value));
    }
}
