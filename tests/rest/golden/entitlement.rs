use syncord::id::{ApplicationId, EntitlementId, GuildId, SkuId, UserId};
use syncord::model::EntitlementType;
use syncord::rest::ListEntitlements;

use super::application::problem;
use super::book::Book;
use crate::server::{Server, ok};

const ENTITLEMENT: &str = r#"{"id":"1019653849998299136","sku_id":"1019475255913222144","application_id":"7","user_id":"3","promotion_id":null,"type":8,"deleted":false,"gift_code_flags":0,"consumed":false,"starts_at":"2022-09-14T17:00:18.704163+00:00","ends_at":"2022-10-14T17:00:18.704163+00:00","guild_id":"9","subscription_id":"1019653835926409216"}"#;

#[test]
fn entitlements() {
    let mut book = Book::open("entitlement");
    let (id, entitlement) = (ApplicationId::new(7), EntitlementId::new(1019653849998299136));
    let which = ListEntitlements::new()
        .user_id(UserId::new(3))
        .sku_ids(vec![SkuId::new(4), SkuId::new(5)])
        .before(EntitlementId::new(90))
        .after(EntitlementId::new(20))
        .limit(50)
        .guild_id(GuildId::new(9))
        .exclude_ended(true)
        .exclude_deleted(false);
    let list = format!("[{ENTITLEMENT}]");
    let all = book.call("entitlements", &list, |rest| rest.entitlements(id, &which));
    assert_eq!((all[0].id, all[0].kind), (entitlement, EntitlementType::APPLICATION_SUBSCRIPTION));
    book.call("entitlements, all", &list, |rest| rest.entitlements(id, &ListEntitlements::new()));
    let one = book.call("entitlement", ENTITLEMENT, |rest| rest.entitlement(id, entitlement));
    assert_eq!(one.consumed, Some(false));
    book.perform("consume_entitlement", |rest| rest.consume_entitlement(id, entitlement));
    let sku = SkuId::new(4);
    book.call("create_test_entitlement, for a guild", ENTITLEMENT, |rest| {
        rest.create_test_entitlement(id, sku, GuildId::new(9))
    });
    book.call("create_test_entitlement, for a user", ENTITLEMENT, |rest| {
        rest.create_test_entitlement(id, sku, UserId::new(3))
    });
    book.perform("delete_test_entitlement", |rest| rest.delete_test_entitlement(id, entitlement));
    book.close();
}

/// A page with the entitlements of these ids.
fn page(ids: impl Iterator<Item = u64>) -> String {
    let page: Vec<_> =
        ids.map(|id| format!(r#"{{"id":"{id}","sku_id":"4","application_id":"7","type":8}}"#)).collect();
    format!("[{}]", page.join(","))
}

#[test]
fn all_entitlements_are_fetched_by_the_page_from_the_oldest_on() {
    let server = Server::that(&[ok(&page((21..=120).rev())), ok(&page(121..=130))]);
    let which =
        ListEntitlements::new().after(EntitlementId::new(20)).before(EntitlementId::new(128)).limit(3);
    let all: Result<Vec<_>, _> = server.client().entitlements_iter(ApplicationId::new(7), &which).collect();
    let ids: Vec<_> = all.unwrap().iter().map(|entitlement| entitlement.id.get()).collect();
    assert_eq!(ids, (21..=127).collect::<Vec<_>>());
    assert_eq!(
        server.lines(),
        [
            "GET /api/v10/applications/7/entitlements?after=20&limit=100",
            "GET /api/v10/applications/7/entitlements?after=120&limit=100",
        ]
    );
}

#[test]
fn limits_on_entitlements_are_checked() {
    let table = [
        (ListEntitlements::new().limit(100), ""),
        (ListEntitlements::new().limit(0), "limit: from 1 to 100, and this is 0"),
        (
            ListEntitlements::new().sku_ids(vec![SkuId::new(1); 101]),
            "sku_ids: at most 100 elements, and this has 101",
        ),
    ];
    for (which, expected) in table {
        assert_eq!(problem(which.check()), expected);
    }
}
