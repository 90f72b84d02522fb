//! Handlers need no type annotations. This file has its own context and nodes in place of the bot's.

use std::cell::Cell;

use serde_json::{Value, json};

use super::{used, user_command};
use crate::command::{
    ArgumentError, ArgumentList, ArgumentReader, BasicOption, CommandBuilder, CommandDefinition,
    CommandTarget, ContextMenu, Group, GroupMember, OptionKind, WithAutocomplete, arities,
    autocomplete_choices, channel, choices, integer, one_of, string, user, value_text,
};
use crate::error::Result;
use crate::model::{Channel, CommandChoice, CommandData, Locale, User};

/// Records the replies of handlers.
#[derive(Default)]
struct Context(Cell<String>);

impl Context {
    fn reply(&self, text: &dyn ToString) -> Result {
        self.0.set(text.to_string());
        Ok(())
    }
}

type Autocomplete<'a> = Box<dyn FnMut(&Context, &str) -> Vec<CommandChoice> + 'a>;
type Call<'a> = Box<dyn FnMut(&Context, &CommandData) -> Result<Result, ArgumentError> + 'a>;

/// A command with its handler.
struct Node<'a> {
    definition: CommandDefinition,
    call: Call<'a>,
    autocomplete: Vec<(String, Autocomplete<'a>)>,
}

impl Node<'_> {
    fn run(&mut self, options: &Value) -> String {
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

fn command<'a>(name: &str, description: &str) -> CommandBuilder<(), Autocomplete<'a>> {
    CommandBuilder::slash(name, description)
}

impl<V: crate::command::Scalar> BasicOption<V> {
    fn completed_by<'a, I>(
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
    mut handler: impl FnMut(&Context, K::Values) -> Result + 'a,
) -> Node<'a> {
    let (definition, reader, autocomplete) = builder.into_parts();
    let reader: ArgumentReader<K> = reader;
    let call = move |cx: &Context, data: &CommandData| Ok(handler(cx, reader.read(data)?));
    Node { definition, call: Box::new(call), autocomplete }
}

macro_rules! handle {
    ([$($attribute:tt)*] $($type:ident $name:ident),*) => {
        impl<'a, $($type: OptionKind + 'a),*> CommandBuilder<($($type,)*), Autocomplete<'a>> {
            $($attribute)*
            fn handle(self, mut f: impl FnMut(&Context, $($type::Value),*) -> Result + 'a) -> Node<'a> {
                node(self, move |cx, ($($name,)*)| f(cx, $($name),*))
            }
        }
    };
}

arities!(handle);

impl<'a, T: CommandTarget + 'a> CommandBuilder<ContextMenu<T>, Autocomplete<'a>> {
    fn handle(self, mut f: impl FnMut(&Context, T) -> Result + 'a) -> Node<'a> {
        node(self, move |cx, (target,)| f(cx, target))
    }
}

#[test]
fn a_closure_takes_typed_values_without_annotations() {
    let mut rolled = 0;
    {
        let mut roll = command("test", "Rolls dice")
            .option("sides", "Faces of a die", integer(2..=1000))
            .option("times", "How many dice", integer(1..=20).optional())
            .handle(|cx, sides, times| {
                rolled += 1;
                cx.reply(&(sides.pow(2) + times.unwrap_or(1)))
            });
        assert_eq!(roll.run(&json!([{"name": "sides", "type": 4, "value": 6}])), "37");
        let both =
            json!([{"name": "times", "type": 4, "value": 3}, {"name": "sides", "type": 4, "value": 2}]);
        assert_eq!(roll.run(&both), "7");
    }
    assert_eq!(rolled, 2);
}

#[expect(clippy::needless_pass_by_value, reason = "handlers take values")]
fn greet(cx: &Context, who: String, how: Option<f64>) -> Result {
    cx.reply(&format!("{who} {how:?}"))
}

fn inspect(_: &Context, _: User, _: Option<Channel>) -> Result {
    Ok(())
}

#[test]
fn a_function_can_be_a_handler() {
    let mut node = command("test", "Greets")
        .option("who", "Who", string())
        .option("how", "How much", crate::command::number(..).optional())
        .handle(greet);
    assert_eq!(node.run(&json!([{"name": "who", "type": 3, "value": "Ann"}])), "Ann None");
    let _ = command("inspect", "x")
        .option("a", "x", user())
        .option("b", "x", channel().optional())
        .handle(inspect);
}

#[test]
fn a_handler_of_a_command_without_options_takes_only_the_context() {
    assert_eq!(command("test", "Answers").handle(|cx| cx.reply(&"pong")).run(&json!([])), "pong");
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

        fn name_localizations(&self) -> Vec<(Locale, String)> {
            if *self == Colour::Red { vec![(Locale::DE, "Rot".to_owned())] } else { Vec::new() }
        }
    }

    let mut node = command("test", "Paints")
        .option("colour", "Which", one_of::<Colour>())
        .option("size", "How large", choices([("Small", 1), ("Large", 2)]))
        .option("on", "On what", choices(["paper", "wood"]))
        .handle(|cx, colour, size, on| {
            cx.reply(&format!("{:?} {} {}", colour, size.count_ones(), on.to_uppercase()))
        });
    let options = json!([
        {"name": "colour", "type": 3, "value": "Green"},
        {"name": "size", "type": 4, "value": 2},
        {"name": "on", "type": 3, "value": "wood"},
    ]);
    assert_eq!(node.run(&options), "Green 1 WOOD");
    let first = &node.definition.options[0].choices[0];
    assert_eq!(first.name_localizations.as_ref().unwrap()[&Locale::DE], "Rot");
    assert_eq!(node.definition.options[1].choices[1].value.as_i64(), Some(2));
}

#[test]
fn closures_of_every_arity_are_inferred() {
    let mut options = Vec::new();
    let mut arity = 0;

    macro_rules! sum {
        ([$($attribute:tt)*] $($type:ident $name:ident),*) => {{
            let builder = command("test", "Adds")$(.option(stringify!($name), "x", integer(..)))*;
            let mut node = builder.handle(|cx, $($name),*| cx.reply(&[0, $($name.abs()),*].iter().sum::<i64>()));
            assert_eq!(node.definition.options.len(), arity);
            assert_eq!(node.run(&Value::from(options.clone())), (arity * (arity + 1) / 2).to_string());
            arity += 1;
            let name = char::from(b'`' + u8::try_from(arity).unwrap()).to_string();
            options.push(json!({"name": name, "type": 4, "value": arity}));
        }};
    }

    arities!(sum);
    assert_eq!(arity, 26);
}

#[test]
fn autocomplete_handlers_belong_to_their_option() {
    let ports = ["Kiel", "Kiruna", "Oslo"];
    let mut node = command("test", "Sails")
        .option("from", "Where from", string())
        .option(
            "to",
            "Where to",
            string().completed_by(|_, typed| {
                ports.into_iter().filter(|port| port.starts_with(typed)).collect::<Vec<_>>()
            }),
        )
        .option("days", "How long", integer(1..=9).completed_by(|_, typed| typed.parse::<i64>()).optional())
        .handle(|cx, from, to, days| cx.reply(&format!("{from} {to} {:?}", days.map(i64::abs))));
    assert!(node.definition.options[1].autocomplete && node.definition.options[2].autocomplete);
    assert!(!node.definition.options[0].autocomplete && !node.definition.options[2].required);
    assert_eq!(node.autocomplete.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["to", "days"]);

    let typing = used(&json!([{"name": "to", "type": 3, "value": "Ki", "focused": true}]), &Value::Null);
    let input = value_text(typing.focused().unwrap().value.as_ref().unwrap());
    let names: Vec<_> =
        (node.autocomplete[0].1)(&Context::default(), &input).into_iter().map(|choice| choice.name).collect();
    assert_eq!(names, ["Kiel", "Kiruna"]);
    let options = json!([{"name": "from", "type": 3, "value": "A"}, {"name": "to", "type": 3, "value": "B"}]);
    assert_eq!(node.run(&options), "A B None");
}

#[test]
fn a_context_menu_command_takes_its_target() {
    let mut node = user_command::<Autocomplete<'_>>("Wave").handle(|cx, user| cx.reply(&user.username));
    let data: CommandData = serde_json::from_value(json!({
        "id": "1", "name": "Wave", "type": 2, "target_id": "5",
        "resolved": {"users": {"5": {"id": "5", "username": "ann"}}},
    }))
    .unwrap();
    let cx = Context::default();
    (node.call)(&cx, &data).unwrap().unwrap();
    assert_eq!(cx.0.take(), "ann");
    let without_target = CommandData { target_id: None, ..data };
    assert_eq!((node.call)(&cx, &without_target).unwrap_err().to_string(), "the target user is missing");
}

#[test]
fn groups_contain_commands_and_groups() {
    fn group<'a>(name: &str) -> CommandBuilder<Group<Node<'a>>, Autocomplete<'a>> {
        CommandBuilder::group(name, "x")
    }

    let admin = group("admin")
        .add(command("ban", "x").option("who", "x", user()).handle(|_, _| Ok(())))
        .add(group("role").add(command("give", "x").handle(|_| Ok(()))));
    let (definition, nodes) = admin.into_nodes();
    assert_eq!(nodes.len(), 2);
    let parts: Vec<_> = definition.options.iter().map(|part| (part.name.as_str(), part.kind.0)).collect();
    assert_eq!(parts, [("ban", 1), ("role", 2)]);
    assert_eq!(definition.options[0].options[0].name, "who");
    assert_eq!(definition.options[1].options[0].kind.0, 1);
}
