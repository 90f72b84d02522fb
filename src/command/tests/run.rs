//! That handlers need no annotations: a context and nodes of its own stand in for those of the bot.

use std::cell::Cell;

use serde_json::{Value, json};

use super::used;
use crate::command::{
    ArgumentError, ArgumentList, ArgumentReader, BasicOption, CommandBuilder, CommandDefinition, ContextMenu,
    Group, GroupMember, OptionKind, Target, WithAutocomplete, arities, autocomplete_choices, channel,
    choices, integer, one_of, string, user, user_command, value_text,
};
use crate::error::Result;
use crate::model::{Channel, CommandChoice, CommandData, Locale, User};

/// Hears what handlers say.
#[derive(Default)]
struct Context(Cell<String>);

impl Context {
    fn says(&self, text: &dyn ToString) -> Result {
        self.0.set(text.to_string());
        Ok(())
    }
}

type Autocomplete<'a> = Box<dyn FnMut(&Context, &str) -> Vec<CommandChoice> + 'a>;
type Call<'a> = Box<dyn FnMut(&Context, &CommandData) -> Result<Result, ArgumentError> + 'a>;

/// A command that has its handler.
struct Node<'a> {
    definition: CommandDefinition,
    call: Call<'a>,
    autocomplete: Vec<(String, Autocomplete<'a>)>,
}

impl Node<'_> {
    fn said(&mut self, options: &Value) -> String {
        let cx = Context::default();
        (self.call)(&cx, &used(options, &Value::Null)).unwrap().unwrap();
        cx.0.take()
    }
}

impl GroupMember for Node<'_> {
    fn definition(&self) -> &CommandDefinition {
        &self.definition
    }
}

impl<'a> From<CommandBuilder<Group<Node<'a>>, Autocomplete<'a>>> for Node<'a> {
    fn from(group: CommandBuilder<Group<Node<'a>>, Autocomplete<'a>>) -> Self {
        let (definition, nodes) = group.into_nodes();
        let call: Call<'_> = Box::new(move |_, _| Ok(Err(format!("{} commands", nodes.len()).into())));
        Node { definition, call, autocomplete: Vec::new() }
    }
}

fn command<'a>(name: &str, about: &str) -> CommandBuilder<(), Autocomplete<'a>> {
    crate::command::command(name, about)
}

impl<V: crate::command::Scalar> BasicOption<V> {
    fn offering<'a, I>(
        self,
        mut f: impl FnMut(&Context, &str) -> I + 'a,
    ) -> WithAutocomplete<Self, Autocomplete<'a>>
    where
        I: IntoIterator<Item: crate::command::IntoChoice<Value = V>>,
    {
        WithAutocomplete::new(self, Box::new(move |cx, typed| autocomplete_choices(f(cx, typed))))
    }
}

fn node<'a, K: ArgumentList + 'a>(
    builder: CommandBuilder<K, Autocomplete<'a>>,
    mut spread: impl FnMut(&Context, K::Values) -> Result + 'a,
) -> Node<'a> {
    let (definition, reader, autocomplete) = builder.into_parts();
    let reader: ArgumentReader<K> = reader;
    let call = move |cx: &Context, data: &CommandData| Ok(spread(cx, reader.read(data)?));
    Node { definition, call: Box::new(call), autocomplete }
}

macro_rules! does {
    ([$($attribute:tt)*] $($type:ident $name:ident),*) => {
        impl<'a, $($type: OptionKind + 'a),*> CommandBuilder<($($type,)*), Autocomplete<'a>> {
            $($attribute)*
            fn does(self, mut f: impl FnMut(&Context, $($type::Value),*) -> Result + 'a) -> Node<'a> {
                node(self, move |cx, ($($name,)*)| f(cx, $($name),*))
            }
        }
    };
}

arities!(does);

impl<'a, T: Target + 'a> CommandBuilder<ContextMenu<T>, Autocomplete<'a>> {
    fn does(self, mut f: impl FnMut(&Context, T) -> Result + 'a) -> Node<'a> {
        node(self, move |cx, (target,)| f(cx, target))
    }
}

#[test]
fn a_closure_is_given_typed_values_without_annotations() {
    let mut rolled = 0;
    {
        let mut roll = command("test", "Rolls dice")
            .option("sides", "Faces of a die", integer(2..=1000))
            .option("times", "How many dice", integer(1..=20).optional())
            .does(|cx, sides, times| {
                rolled += 1;
                cx.says(&(sides.pow(2) + times.unwrap_or(1)))
            });
        assert_eq!(roll.said(&json!([{"name": "sides", "type": 4, "value": 6}])), "37");
        let both =
            json!([{"name": "times", "type": 4, "value": 3}, {"name": "sides", "type": 4, "value": 2}]);
        assert_eq!(roll.said(&both), "7");
    }
    assert_eq!(rolled, 2);
}

#[expect(clippy::needless_pass_by_value, reason = "handlers are given values")]
fn greet(cx: &Context, who: String, how: Option<f64>) -> Result {
    cx.says(&format!("{who} {how:?}"))
}

fn look(_: &Context, _: User, _: Option<Channel>) -> Result {
    Ok(())
}

#[test]
fn a_function_is_a_handler_too() {
    let mut node = command("test", "Greets")
        .option("who", "Whom", string())
        .option("how", "How much", crate::command::number(..).optional())
        .does(greet);
    assert_eq!(node.said(&json!([{"name": "who", "type": 3, "value": "Ann"}])), "Ann None");
    let _ = command("look", "x").option("a", "x", user()).option("b", "x", channel().optional()).does(look);
}

#[test]
fn a_command_without_options_takes_the_context_only() {
    assert_eq!(command("test", "Answers").does(|cx| cx.says(&"pong")).said(&json!([])), "pong");
}

#[test]
fn choices_and_enums_are_inferred() {
    #[derive(Clone, Debug, PartialEq)]
    enum Colour {
        Red,
        Green,
    }

    impl crate::command::OneOf for Colour {
        const ALL: &'static [(&'static str, Self)] = &[("Red", Colour::Red), ("Green", Colour::Green)];

        fn names(&self) -> Vec<(Locale, String)> {
            if *self == Colour::Red { vec![(Locale::DE, "Rot".to_owned())] } else { Vec::new() }
        }
    }

    let mut node = command("test", "Paints")
        .option("colour", "Which", one_of::<Colour>())
        .option("size", "How large", choices([("Small", 1), ("Large", 2)]))
        .option("on", "On what", choices(["paper", "wood"]))
        .does(|cx, colour, size, on| {
            cx.says(&format!("{:?} {} {}", colour, size.count_ones(), on.to_uppercase()))
        });
    let options = json!([
        {"name": "colour", "type": 3, "value": "Green"},
        {"name": "size", "type": 4, "value": 2},
        {"name": "on", "type": 3, "value": "wood"},
    ]);
    assert_eq!(node.said(&options), "Green 1 WOOD");
    let first = &node.definition.options[0].choices[0];
    assert_eq!(first.name_localizations.as_ref().unwrap()[&Locale::DE], "Rot");
    assert_eq!(node.definition.options[1].choices[1].value.as_i64(), Some(2));
}

#[test]
fn closures_of_every_arity_are_inferred() {
    let mut options = Vec::new();
    let mut arity = 0;

    macro_rules! sums_up {
        ([$($attribute:tt)*] $($type:ident $name:ident),*) => {{
            let builder = command("test", "Sums up")$(.option(stringify!($name), "x", integer(..)))*;
            let mut node = builder.does(|cx, $($name),*| cx.says(&[0, $($name.abs()),*].iter().sum::<i64>()));
            assert_eq!(node.definition.options.len(), arity);
            assert_eq!(node.said(&Value::from(options.clone())), (arity * (arity + 1) / 2).to_string());
            arity += 1;
            let name = char::from(b'`' + u8::try_from(arity).unwrap()).to_string();
            options.push(json!({"name": name, "type": 4, "value": arity}));
        }};
    }

    arities!(sums_up);
    assert_eq!(arity, 26);
}

#[test]
fn suggestions_stay_with_their_option() {
    let ports = ["Kiel", "Kiruna", "Oslo"];
    let mut node = command("test", "Sails")
        .option("from", "Where from", string())
        .option(
            "to",
            "Where to",
            string().offering(|_, typed| {
                ports.into_iter().filter(|port| port.starts_with(typed)).collect::<Vec<_>>()
            }),
        )
        .option("days", "How long", integer(1..=9).offering(|_, typed| typed.parse::<i64>()).optional())
        .does(|cx, from, to, days| cx.says(&format!("{from} {to} {:?}", days.map(i64::abs))));
    assert!(node.definition.options[1].autocomplete && node.definition.options[2].autocomplete);
    assert!(!node.definition.options[0].autocomplete && !node.definition.options[2].required);
    assert_eq!(node.autocomplete.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["to", "days"]);

    let typing = used(&json!([{"name": "to", "type": 3, "value": "Ki", "focused": true}]), &Value::Null);
    let so_far = value_text(typing.focused().unwrap().value.as_ref().unwrap());
    let offered: Vec<_> = (node.autocomplete[0].1)(&Context::default(), &so_far)
        .into_iter()
        .map(|choice| choice.name)
        .collect();
    assert_eq!(offered, ["Kiel", "Kiruna"]);
    let given = json!([{"name": "from", "type": 3, "value": "A"}, {"name": "to", "type": 3, "value": "B"}]);
    assert_eq!(node.said(&given), "A B None");
}

#[test]
fn a_menu_gives_its_target() {
    let mut node = user_command::<Autocomplete<'_>>("Wave").does(|cx, user| cx.says(&user.username));
    let data: CommandData = serde_json::from_value(json!({
        "id": "1", "name": "Wave", "type": 2, "target_id": "5",
        "resolved": {"users": {"5": {"id": "5", "username": "ann"}}},
    }))
    .unwrap();
    let cx = Context::default();
    (node.call)(&cx, &data).unwrap().unwrap();
    assert_eq!(cx.0.take(), "ann");
    let gone = CommandData { target_id: None, ..data };
    assert_eq!((node.call)(&cx, &gone).unwrap_err().to_string(), "the user it was used on is missing");
}

#[test]
fn groups_hold_commands_and_groups() {
    fn group<'a>(name: &str) -> CommandBuilder<Group<Node<'a>>, Autocomplete<'a>> {
        crate::command::group(name, "x")
    }

    let admin = group("admin")
        .add(command("ban", "x").option("who", "x", user()).does(|_, _| Ok(())))
        .add(group("role").add(command("give", "x").does(|_| Ok(()))));
    let (definition, nodes) = admin.into_nodes();
    assert_eq!(nodes.len(), 2);
    let parts: Vec<_> = definition.options.iter().map(|part| (part.name.as_str(), part.kind.0)).collect();
    assert_eq!(parts, [("ban", 1), ("role", 2)]);
    assert_eq!(definition.options[0].options[0].name, "who");
    assert_eq!(definition.options[1].options[0].kind.0, 1);
}
