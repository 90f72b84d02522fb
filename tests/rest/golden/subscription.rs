use syncord::id::{SkuId, SubscriptionId, UserId};
use syncord::model::SubscriptionStatus;
use syncord::rest::ListSkuSubscriptions;

use super::application::problem;
use super::book::Book;
use crate::server::{Server, ok};

const SUBSCRIPTION: &str = r#"{"id":"1278078770116427839","user_id":"3","sku_ids":["4"],"entitlement_ids":["5"],"renewal_sku_ids":null,"current_period_start":"2024-08-27T19:48:44.406602+00:00","current_period_end":"2024-09-27T19:48:44.406602+00:00","status":0,"canceled_at":null}"#;

#[test]
fn subscriptions() {
    let mut book = Book::open("subscription");
    let (sku, user, id) = (SkuId::new(4), UserId::new(3), SubscriptionId::new(1278078770116427839));
    let which = ListSkuSubscriptions::new(user)
        .before(SubscriptionId::new(90))
        .after(SubscriptionId::new(20))
        .limit(100);
    let list = format!("[{SUBSCRIPTION}]");
    let all = book.call("sku_subscriptions", &list, |rest| rest.sku_subscriptions(sku, &which));
    assert_eq!((all[0].id, all[0].status), (id, SubscriptionStatus::ACTIVE));
    let one = book.call("sku_subscription", SUBSCRIPTION, |rest| rest.sku_subscription(sku, id));
    assert_eq!(*one.sku_ids, [sku]);
    assert_eq!(problem(which.limit(101).check()), "limit: from 1 to 100, and this is 101");
    book.close();
}

#[test]
fn all_subscriptions_are_fetched_by_the_page() {
    let server = Server::that(&[ok(&format!("[{SUBSCRIPTION}]"))]);
    let all = server.client().sku_subscriptions_iter(SkuId::new(4), UserId::new(3));
    assert_eq!(all.map(Result::unwrap).count(), 1);
    assert_eq!(server.lines(), ["GET /api/v10/skus/4/subscriptions?after=0&limit=100&user_id=3"]);
}
