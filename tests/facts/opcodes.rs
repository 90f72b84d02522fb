use syncord::gateway::opcode::{Direction, Opcode};

use super::{documented, number, rows, text};

#[test]
fn the_opcodes_are_the_documented_ones() {
    let Some(documented) = documented() else { return };
    let theirs: Vec<_> = rows(&documented, "opcodes")
        .iter()
        .map(|row| {
            let direction = match text(row, "direction") {
                "send" => Direction::Send,
                "receive" => Direction::Receive,
                "both" => Direction::Both,
                other => panic!("direction {other}"),
            };
            (number(row, "code"), text(row, "name"), direction)
        })
        .collect();
    let ours: Vec<_> = Opcode::all().map(|op| (op.code(), op.name(), op.direction())).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn an_opcode_is_found_by_its_number() {
    assert_eq!(Opcode::from_code(0), Some(Opcode::Dispatch));
    assert_eq!(Opcode::from_code(11), Some(Opcode::HeartbeatAck));
    assert_eq!(Opcode::from_code(31), Some(Opcode::RequestSoundboardSounds));
    assert_eq!(Opcode::from_code(43), Some(Opcode::RequestChannelInfo));
    for op in Opcode::all() {
        assert_eq!(Opcode::from_code(op.code()), Some(op));
    }
}

#[test]
fn an_unknown_number_is_not_found() {
    for code in [5, 12, 60, 256, u64::MAX] {
        assert_eq!(Opcode::from_code(code), None, "{code}");
    }
}

#[test]
fn an_opcode_has_a_name_and_a_direction() {
    assert_eq!((Opcode::Identify.name(), Opcode::Identify.direction()), ("IDENTIFY", Direction::Send));
    assert_eq!((Opcode::Hello.name(), Opcode::Hello.direction()), ("HELLO", Direction::Receive));
    assert_eq!((Opcode::Heartbeat.name(), Opcode::Heartbeat.direction()), ("HEARTBEAT", Direction::Both));
}
