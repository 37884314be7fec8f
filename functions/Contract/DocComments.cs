using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace Moderato.Contract;

/// <summary>
/// What the code says of its own types: the compiler writes it beside the assembly, and publishing takes it along. Where the file is
/// missing nothing is said.
/// </summary>
internal sealed class DocComments
{
    private readonly Dictionary<string, XElement> _members;

    private DocComments(Dictionary<string, XElement> members) => _members = members;

    public static DocComments Load()
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{typeof(DocComments).Assembly.GetName().Name}.xml");
        return new DocComments(File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!, StringComparer.Ordinal)
            : []);
    }

    public string? Of(Type type) => Text(Member(type)?.Element("summary"));

    /// <summary>A property's own words, or those of the parameter that it was made from.</summary>
    public string? Of(PropertyInfo property) =>
        Text(_members.GetValueOrDefault($"P:{NameOf(property.DeclaringType!)}.{property.Name}")?.Element("summary"))
        ?? Text(Member(property.DeclaringType!)?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == property.Name));

    /// <summary>The words of an enumeration's value.</summary>
    public string? Of(Type type, string value) => Text(_members.GetValueOrDefault($"F:{NameOf(type)}.{value}")?.Element("summary"));

    private XElement? Member(Type type) => _members.GetValueOrDefault($"T:{NameOf(type)}");

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null)
            return null;
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText words => words.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref") ?? "").Split('.', ':')[^1],
                XElement { Name.LocalName: "paramref" } parameter => (string?)parameter.Attribute("name") ?? "",
                XElement other => other.Value,
                _ => "",
            });
        }
        var line = string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 0 ? line : null;
    }
}
