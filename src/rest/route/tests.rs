#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::Path;

use serde_json::Value;

use super::{
    ALL, CREATE_FOLLOWUP_MESSAGE, CREATE_INTERACTION_RESPONSE, CREATE_REACTION, CURRENT_USER,
    EXECUTE_WEBHOOK, Endpoint, GATEWAY_BOT, MESSAGE, USER,
};

#[test]
fn placeholders_are_filled_in_order_and_encoded() {
    let route = CREATE_REACTION.at(&[&7, &8, &"👍"]);
    assert_eq!(route.path, "/channels/7/messages/8/reactions/%F0%9F%91%8D/@me");
    assert_eq!(CREATE_REACTION.at(&[&7, &8, &"lul:9"]).path, "/channels/7/messages/8/reactions/lul%3A9/@me");
}

#[test]
fn only_the_first_resource_is_a_major_parameter() {
    assert_eq!(CREATE_REACTION.at(&[&7, &8, &"x"]).major(), "/channels/7");
    assert_eq!(CURRENT_USER.at(&[]).major(), "");
    assert_eq!(GATEWAY_BOT.at(&[]).path, "/gateway/bot");
    assert_eq!(EXECUTE_WEBHOOK.at(&[&5, &"t"]).major(), "/webhooks/5/t");
    assert_eq!(USER.at(&[&5]).major(), "");
    assert_eq!(CREATE_INTERACTION_RESPONSE.at(&[&5, &"t"]).major(), "/interactions/5/t");
}

#[test]
fn a_value_cannot_change_the_path_or_the_query() {
    let route = CREATE_REACTION.at(&[&7, &8, &"a/x?y#z"]);
    assert_eq!(route.path, "/channels/7/messages/8/reactions/a%2Fx%3Fy%23z/@me");
    let route = MESSAGE.at(&[&7, &8]).with("a", &"x&y=z").with("b", &1);
    assert_eq!(route.path, "/channels/7/messages/8?a=x%26y%3Dz&b=1");
    assert_eq!(route.major(), "/channels/7");
}

/// Every placeholder of every route, so also those that are added later.
#[test]
fn a_value_that_would_leave_its_place_in_the_path_is_found_in_every_route() {
    for endpoint in ALL {
        let names: Vec<&str> =
            endpoint.template.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0).collect();
        for (place, name) in names.iter().enumerate() {
            for value in ["", ".", "..", "../x", "x/..", "..\\x", "x//y", "/", "./."] {
                let mut values: Vec<&dyn Display> = vec![&"7"; names.len()];
                values[place] = &value;
                assert_eq!(endpoint.at(&values).misplaced(), Some(*name), "{endpoint}: {value:?}");
            }
            for value in ["...", ".x", "x..", "%2e%2e", "x/y", "~hidden-1", "\n", "👍"] {
                let mut values: Vec<&dyn Display> = vec![&"7"; names.len()];
                values[place] = &value;
                assert_eq!(endpoint.at(&values).misplaced(), None, "{endpoint}: {value:?}");
            }
        }
    }
}

#[test]
fn a_token_in_the_path_replaces_the_bots() {
    assert!(!EXECUTE_WEBHOOK.needs_token() && !EXECUTE_WEBHOOK.is_interaction());
    assert!(!CREATE_FOLLOWUP_MESSAGE.needs_token() && CREATE_FOLLOWUP_MESSAGE.is_interaction());
    assert!(CURRENT_USER.needs_token() && !CURRENT_USER.is_interaction());
}

#[test]
fn no_route_is_in_the_table_twice() {
    let distinct: BTreeSet<String> = ALL.iter().map(Endpoint::to_string).collect();
    assert_eq!(distinct.len(), ALL.len());
}

#[test]
fn the_table_agrees_with_discords_documentation() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/discord/routes.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: there is no {}", file.display());
        return;
    };
    let routes: Value = serde_json::from_str(&text).unwrap();
    let discords = routes["routes"].as_array().unwrap();
    for endpoint in ALL {
        let name = endpoint.to_string().replace(
            "/webhooks/{application_id}/{interaction_token}",
            "/webhooks/{webhook_id}/{webhook_token}",
        );
        let (method, path) = name.split_once(' ').unwrap();
        let is_it = |row: &&Value| row["method"] == method && row["path"] == path;
        // The specification is a preview that lacks some documented routes.
        if let Some(row) = routes["docs_only"].as_array().unwrap().iter().find(is_it) {
            assert_eq!(row["audit_log_reason"] == true, endpoint.takes_reason, "{endpoint}");
            continue;
        }
        let row = discords.iter().find(is_it).unwrap_or_else(|| panic!("Discord has no {endpoint}"));
        assert_eq!(row["audit_log_reason"] == true, endpoint.takes_reason, "{endpoint}");
        assert_ne!(row["auth"], "bearer", "{endpoint}");
        let major: Vec<String> =
            row["major"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
        if endpoint.is_interaction() {
            assert!(row["global_limit"].as_str().unwrap().starts_with("exempt"), "{endpoint}");
        } else {
            assert_ne!(row["global_limit"], "exempt", "{endpoint}");
            // Each placeholder gets a value. The major part must contain one value per major parameter.
            let count = endpoint.template.matches('{').count();
            let values: Vec<&dyn Display> = (0..count).map(|_| &7 as &dyn Display).collect();
            assert_eq!(endpoint.at(&values).major().matches('7').count(), major.len(), "{endpoint}");
        }
    }
}
